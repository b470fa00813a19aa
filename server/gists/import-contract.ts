/** Gists as DrawDB's import server answers them, under `/api/gists`. */
import { randomUUID } from "node:crypto";
import { DrawdbGist, type GistChange } from "#shared/api/gists.ts";
import { nestsDeeper } from "../ops/json-depth.ts";
import type { Contract } from "./contract.ts";
import { type Edit, fileText, type ReadGist } from "./gists.ts";

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

export const importContract: Contract = {
  prefix: "/api/gists",
  tag: "gists (/api/gists)",
  key: "error",
  newId: randomUUID,
  created: () => ({}),
  gist: DrawdbGist,
  read: shape,
  required: null,
  edit,
  changed: () => ({ success: true, deleted: false }),
  deleted: "Gist deleted successfully",
  failed: (method) => `Failed to ${VERBS[method] ?? "get"} gist`,
};
