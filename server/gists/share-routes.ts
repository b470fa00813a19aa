/** Gists as DrawDB's share server answers them, under `/gists`: GitHub's shapes. */
import { randomBytes } from "node:crypto";
import { Created, GistChange, NewGist, SharedGist } from "#shared/api/gists.ts";
import type { App } from "../ops/instance.ts";
import { type Edit, fileText, tooManyFiles } from "./gists.ts";
import {
  bodyLimit,
  type GistRoutes,
  IdParams,
  NEW_PER_MINUTE,
  refusals,
  refuse,
  refusedSize,
  refuseSecret,
  required,
  secretOf,
} from "./http.ts";
import { sharedFiles, sharedGist } from "./shapes.ts";
import { versionRoutes } from "./version-routes.ts";

const tags = ["gists (/gists)"];
const KEY = "message";

/** Content replaces or adds the file; without content the file goes. */
function edit(filename: string, content: GistChange["content"]): Edit {
  return (files) => {
    const others = files.filter(({ name }) => name !== filename);
    if (!content) return others;
    const next = fileText(filename, content);
    return others.length === files.length ? [...files, next] : files.map((file) => (file.name === filename ? next : file));
  };
}

/** The routes, relative to their prefix. */
export function shareRoutes({ gists, mostBytes }: GistRoutes) {
  return async (app: App): Promise<void> => {
    refusals(app, KEY, () => "Something went wrong");
    const missing = "Gist not found";

    app.post(
      "/",
      {
        bodyLimit: bodyLimit(mostBytes),
        config: { rateLimit: { max: NEW_PER_MINUTE } },
        preValidation: required(KEY, "filename and content are required", "filename", "content"),
        schema: { tags, summary: "Keep a new gist", body: NewGist, response: { 200: Created } },
      },
      async (request, reply) => {
        const { filename, content } = request.body;
        if (refusedSize(reply, KEY, content, mostBytes)) return reply;
        const id = randomBytes(16).toString("hex");
        const { secret } = await gists.create(id, request.body);
        const files = sharedFiles([fileText(filename, content)]);
        return { success: true as const, data: { id, files, ...(secret === null ? {} : { secret }) } };
      },
    );

    app.get(
      "/:id",
      { schema: { tags, summary: "A gist; content is text", params: IdParams, response: { 200: SharedGist } } },
      async (request, reply) => {
        const found = await gists.read(request.params.id, null);
        return found ? sharedGist(found) : refuse(reply, KEY, 404, missing);
      },
    );

    app.patch(
      "/:id",
      {
        bodyLimit: bodyLimit(mostBytes),
        preValidation: required(KEY, "filename is required", "filename"),
        schema: { tags, summary: "Change, add or (without content) remove a file", params: IdParams, body: GistChange },
      },
      async (request, reply) => {
        const { filename = "", content } = request.body;
        if (refusedSize(reply, KEY, content, mostBytes)) return reply;
        let full = false;
        const change = edit(filename, content);
        const outcome = await gists.change(request.params.id, secretOf(request), (files) => {
          const next = change(files);
          full = tooManyFiles(next.length);
          return full ? files : next;
        });
        if (full) return refuse(reply, KEY, 400, "The gist has as many files as one may have.");
        if (outcome === "missing") return refuse(reply, KEY, 404, missing);
        if (outcome === "refused") return refuseSecret(reply, KEY);
        return { deleted: outcome === "removed", success: true, message: "Gist updated" };
      },
    );

    app.delete("/:id", { schema: { tags, summary: "Delete a gist", params: IdParams } }, async (request, reply) => {
      const outcome = await gists.remove(request.params.id, secretOf(request));
      if (outcome === "missing") return refuse(reply, KEY, 404, missing);
      if (outcome === "refused") return refuseSecret(reply, KEY);
      return { success: true, message: "Gist deleted" };
    });

    versionRoutes(app, gists, tags, KEY);
  };
}
