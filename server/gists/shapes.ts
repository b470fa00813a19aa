/** Gists and versions in GitHub's shapes. */
import type { SharedGist } from "#shared/api/gists.ts";
import type { FileText, ReadGist } from "./gists.ts";
import type { Version } from "./record.ts";

type SharedFiles = SharedGist["data"]["files"];

/** Files by name; only JSON has a type of its own, so that nothing is ever taken for a page. */
export function sharedFiles(files: readonly FileText[]): SharedFiles {
  return Object.fromEntries(
    files.map(({ name, text }) => {
      const json = /\.json$/i.test(name);
      const kind = json ? { type: "application/json", language: "JSON" } : { type: "text/plain", language: null };
      return [name, { filename: name, ...kind, size: text.length, truncated: false, content: text }];
    }),
  );
}

/** The gist with the files of the version that was read. */
export function sharedGist({ record, version, files }: ReadGist): SharedGist {
  const { id, description } = record;
  return {
    success: true,
    data: {
      id,
      description,
      public: record.public,
      created_at: record.createdAt,
      updated_at: version.at,
      truncated: false,
      files: sharedFiles(files),
    },
  };
}

/** A version as a commit. */
export function commit({ version, at, additions, deletions }: Version) {
  return { version, committed_at: at, change_status: { total: additions + deletions, additions, deletions } };
}
