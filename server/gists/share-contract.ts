/** Gists as DrawDB's share server answers them, under `/gists`: GitHub's shapes. */
import { randomBytes } from "node:crypto";
import { type GistChange, SharedGist } from "#shared/api/gists.ts";
import type { Contract } from "./contract.ts";
import { type Edit, fileText } from "./gists.ts";
import { sharedFiles, sharedGist } from "./shapes.ts";

/** Content replaces or adds the file; without content the file goes. */
function edit({ filename = "", content }: GistChange): Edit {
  return (files) => {
    const others = files.filter(({ name }) => name !== filename);
    if (!content) return others;
    const next = fileText(filename, content);
    return others.length === files.length ? [...files, next] : files.map((file) => (file.name === filename ? next : file));
  };
}

export const shareContract: Contract = {
  prefix: "/gists",
  tag: "gists (/gists)",
  key: "message",
  newId: () => randomBytes(16).toString("hex"),
  created: (files) => ({ files: sharedFiles(files) }),
  gist: SharedGist,
  read: sharedGist,
  required: "filename",
  edit,
  changed: (removed) => ({ deleted: removed, success: true, message: "Gist updated" }),
  deleted: "Gist deleted",
  failed: () => "Something went wrong",
};
