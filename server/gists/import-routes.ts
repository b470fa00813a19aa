/** Gists as DrawDB's import server answers them, under `/api/gists`. */
import { randomUUID } from "node:crypto";
import { Created, DrawdbGist, GistChange, NewGist } from "#shared/api/gists.ts";
import type { App } from "../ops/instance.ts";
import { nestsDeeper } from "../ops/json-depth.ts";
import { type Edit, fileText, type ReadGist, tooManyFiles } from "./gists.ts";
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
import { versionRoutes } from "./version-routes.ts";

const tags = ["gists (/api/gists)"];
const KEY = "error";
const VERBS: Readonly<Record<string, string>> = { POST: "create", PATCH: "update", DELETE: "delete" };

/** JSON beyond this depth stays text: writing it as JSON again would not end well. */
const DEEPEST = 100;

function parsed(text: string): unknown {
  if (nestsDeeper(text, DEEPEST)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function shape({ record, files }: ReadGist) {
  const file = ({ name, text, object }: ReadGist["files"][number]) => ({
    filename: name,
    type: "application/json",
    language: "JSON",
    raw_url: "",
    ...(object ? {} : { size: text.length }),
    truncated: false,
    content: parsed(text),
  });
  return {
    id: record.id,
    description: record.description,
    public: record.public,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    files: Object.fromEntries(files.map((each) => [each.name, file(each)])),
  };
}

/** Empty content keeps the old; another name renames the file of a gist that has one, and adds a file to one that has more. */
function edit({ filename, content }: GistChange): Edit {
  return (files) => {
    const [first] = files;
    if (!first) return files;
    const name = filename ?? first.name;
    const old = files.length === 1 ? first : files.find((file) => file.name === name);
    const next = content ? fileText(name, content) : old && { ...old, name };
    if (!next) return files;
    return old ? files.map((file) => (file === old ? next : file)) : [...files, next];
  };
}

/** The routes, relative to their prefix. */
export function importRoutes({ gists, mostBytes }: GistRoutes) {
  return async (app: App): Promise<void> => {
    refusals(app, KEY, (method) => `Failed to ${VERBS[method] ?? "get"} gist`);
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
        if (refusedSize(reply, KEY, request.body.content, mostBytes)) return reply;
        const id = randomUUID();
        const { secret } = await gists.create(id, request.body);
        return { success: true as const, data: { id, ...(secret === null ? {} : { secret }) } };
      },
    );

    app.get(
      "/:id",
      { schema: { tags, summary: "A gist; content that is JSON is parsed", params: IdParams, response: { 200: DrawdbGist } } },
      async (request, reply) => {
        const found = await gists.read(request.params.id, null);
        return found ? shape(found) : refuse(reply, KEY, 404, missing);
      },
    );

    app.patch(
      "/:id",
      {
        bodyLimit: bodyLimit(mostBytes),
        schema: { tags, summary: "Change or rename its file", params: IdParams, body: GistChange },
      },
      async (request, reply) => {
        if (refusedSize(reply, KEY, request.body.content, mostBytes)) return reply;
        const change = edit(request.body);
        const outcome = await gists.change(request.params.id, secretOf(request), (files) => {
          const next = change(files);
          return tooManyFiles(next.length) ? files : next;
        });
        if (outcome === "missing") return refuse(reply, KEY, 404, missing);
        if (outcome === "refused") return refuseSecret(reply, KEY);
        return { success: true, deleted: false };
      },
    );

    app.delete("/:id", { schema: { tags, summary: "Delete a gist", params: IdParams } }, async (request, reply) => {
      const outcome = await gists.remove(request.params.id, secretOf(request));
      if (outcome === "missing") return refuse(reply, KEY, 404, missing);
      if (outcome === "refused") return refuseSecret(reply, KEY);
      return { success: true, message: "Gist deleted successfully" };
    });

    versionRoutes(app, gists, tags, KEY);
  };
}
