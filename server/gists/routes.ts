/** Making, reading, changing and deleting a gist, in the words of a contract. */
import type { FastifyReply } from "fastify";
import { Created, GistChange, NewGist } from "#shared/api/gists.ts";
import type { App } from "../ops/instance.ts";
import type { Contract } from "./contract.ts";
import { fileText, type Gists, type Outcome, tooManyFiles } from "./gists.ts";
import { bodyLimit, IdParams, refusals, refuse, refusedSize, required, secretOf } from "./http.ts";
import { versionRoutes } from "./version-routes.ts";

/** New gists from one address in a minute. */
const NEW_PER_MINUTE = 30;

const MISSING = "Gist not found";

/** What the routes are given. */
interface GistRoutes {
  readonly gists: Gists;
  /** Largest text of a file, bytes. */
  readonly mostBytes: number;
}

/** Answers what kept a change from being made; false when it was made. */
function refusedOutcome(reply: FastifyReply, { key }: Contract, outcome: Outcome): boolean {
  if (outcome === "missing") refuse(reply, key, 404, MISSING);
  else if (outcome === "refused") refuse(reply, key, 403, "This gist can only be changed with its secret.");
  else return false;
  return true;
}

function createAndRead(app: App, contract: Contract, { gists, mostBytes }: GistRoutes): void {
  const { key } = contract;
  const tags = [contract.tag];
  app.post(
    "/",
    {
      bodyLimit: bodyLimit(mostBytes),
      config: { rateLimit: { max: NEW_PER_MINUTE } },
      preValidation: required(key, "filename and content are required", "filename", "content"),
      schema: { tags, summary: "Keep a new gist", body: NewGist, response: { 200: Created } },
    },
    async (request, reply) => {
      const { filename, content } = request.body;
      if (refusedSize(reply, key, content, mostBytes)) return reply;
      const id = contract.newId();
      const { secret } = await gists.create(id, request.body);
      const told = contract.created([fileText(filename, content)]);
      return { success: true as const, data: { id, ...told, ...(secret === null ? {} : { secret }) } };
    },
  );

  app.get(
    "/:id",
    { schema: { tags, summary: "A gist with its files", params: IdParams, response: { 200: contract.gist } } },
    async (request, reply) => {
      const found = await gists.read(request.params.id, null);
      return found ? contract.read(found) : refuse(reply, key, 404, MISSING);
    },
  );
}

function changeAndDelete(app: App, contract: Contract, { gists, mostBytes }: GistRoutes): void {
  const { key } = contract;
  const tags = [contract.tag];
  app.patch(
    "/:id",
    {
      bodyLimit: bodyLimit(mostBytes),
      ...(contract.required ? { preValidation: required(key, `${contract.required} is required`, contract.required) } : {}),
      schema: { tags, summary: "Change a file", params: IdParams, body: GistChange },
    },
    async (request, reply) => {
      if (refusedSize(reply, key, request.body.content, mostBytes)) return reply;
      const edit = contract.edit(request.body);
      let full = false;
      const outcome = await gists.change(request.params.id, secretOf(request), (files) => {
        const next = edit(files);
        full = tooManyFiles(next.length);
        return full ? files : next;
      });
      if (refusedOutcome(reply, contract, outcome)) return reply;
      if (full) return refuse(reply, key, 400, "The gist has as many files as one may have.");
      return contract.changed(outcome === "removed");
    },
  );

  app.delete("/:id", { schema: { tags, summary: "Delete a gist", params: IdParams } }, async (request, reply) => {
    const outcome = await gists.remove(request.params.id, secretOf(request));
    if (refusedOutcome(reply, contract, outcome)) return reply;
    return { success: true, message: contract.deleted };
  });
}

/** The routes of a contract, relative to its prefix. */
export function routesOf(contract: Contract, given: GistRoutes) {
  return async (app: App): Promise<void> => {
    refusals(app, contract);
    createAndRead(app, contract, given);
    changeAndDelete(app, contract, given);
    versionRoutes(app, given.gists, contract);
  };
}
