/** The versions of a gist, the same under both prefixes: commits, one version, a file's versions, two versions beside each other. */
import { Type } from "typebox";
import { Commits, Comparison, FileVersions, SharedGist } from "#shared/api/gists.ts";
import type { App } from "../ops/instance.ts";
import type { Contract } from "./contract.ts";
import type { Gists } from "./gists.ts";
import { IdParams, refuse } from "./http.ts";
import { versionsOfFile } from "./record.ts";
import { commit, sharedGist } from "./shapes.ts";

const MOST_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 30;
const DEFAULT_LIMIT = 10;

/** A number of a query, at least 1; what cannot be read is the default. */
function count(text: string | undefined, fallback: number, most: number): number {
  const number = /^\d{1,9}$/.test(text ?? "") ? Number(text) : fallback;
  return Math.min(Math.max(number, 1), most);
}

const MISSING = "Gist not found";

const Text = Type.Optional(Type.String());

/** Registers the routes. */
export function versionRoutes(app: App, gists: Gists, contract: Contract): void {
  wholeVersions(app, gists, contract);
  fileVersions(app, gists, contract);
}

function wholeVersions(app: App, gists: Gists, { tag, key }: Contract): void {
  app.get(
    "/:id/commits",
    {
      schema: {
        tags: [tag],
        summary: "Its versions, newest first",
        params: IdParams,
        querystring: Type.Object({ per_page: Text, page: Text }),
        response: { 200: Commits },
      },
    },
    async (request, reply) => {
      const record = await gists.record(request.params.id);
      if (!record) return refuse(reply, key, 404, MISSING);
      const perPage = count(request.query.per_page, DEFAULT_PER_PAGE, MOST_PER_PAGE);
      const start = (count(request.query.page, 1, Number.MAX_SAFE_INTEGER) - 1) * perPage;
      const newestFirst = [...record.versions].reverse();
      return { success: true as const, data: newestFirst.slice(start, start + perPage).map(commit) };
    },
  );

  app.get(
    "/:id/:sha",
    {
      schema: {
        tags: [tag],
        summary: "The gist as it was at a version",
        params: Type.Object({ id: Type.String(), sha: Type.String() }),
        response: { 200: SharedGist },
      },
    },
    async (request, reply) => {
      const found = await gists.read(request.params.id, request.params.sha);
      return found ? sharedGist(found) : refuse(reply, key, 404, MISSING);
    },
  );
}

function fileVersions(app: App, gists: Gists, { tag, key }: Contract): void {
  app.get(
    "/:id/file-versions/:file",
    {
      schema: {
        tags: [tag],
        summary: "The versions that changed a file, newest first",
        params: Type.Object({ id: Type.String(), file: Type.String() }),
        querystring: Type.Object({ limit: Text, cursor: Text }),
        response: { 200: FileVersions },
      },
    },
    async (request, reply) => {
      const { limit: asked, cursor: after } = request.query;
      const limit = count(asked, DEFAULT_LIMIT, MOST_PER_PAGE);
      const record = await gists.record(request.params.id);
      const begin = after === undefined || after === "" || after === "null" ? null : after;
      const versions = record && versionsOfFile(record, request.params.file, begin);
      if (!versions) return refuse(reply, key, 404, MISSING);
      const data = versions.slice(0, limit).map(commit);
      const cursor = data.length === limit ? (data.at(-1)?.version ?? null) : null;
      return { success: true as const, data, pagination: { cursor, hasMore: cursor !== null, limit, count: data.length } };
    },
  );

  app.get(
    "/:id/file/:file/compare/:versionA/:versionB",
    {
      schema: {
        tags: [tag],
        summary: "A file at two versions; null for the second is an empty text",
        params: Type.Object({
          id: Type.String(),
          file: Type.String(),
          versionA: Type.String(),
          versionB: Type.String(),
        }),
        response: { 200: Comparison },
      },
    },
    async (request, reply) => {
      const { id, file, versionA, versionB } = request.params;
      const record = await gists.record(id);
      const contentA = record && (await gists.fileAt(record, versionA, file));
      const contentB = record && (versionB === "null" ? "" : await gists.fileAt(record, versionB, file));
      if (contentA === null || contentB === null) return refuse(reply, key, 404, "Gist or file not found");
      return { success: true as const, data: { contentA, contentB } };
    },
  );
}
