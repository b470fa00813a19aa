import type { TSchema } from "typebox";
import type { GistChange } from "#shared/api/gists.ts";
import type { Edit, FileText, ReadGist } from "./gists.ts";

/** The key under which a contract says what went wrong. */
export type ErrorKey = "error" | "message";

/** What DrawDB's two servers answer differently; the routes are the same. */
export interface Contract {
  readonly prefix: string;
  readonly tag: string;
  readonly key: ErrorKey;
  readonly newId: () => string;
  /** What the answer to a new gist tells of its files. */
  readonly created: (files: readonly FileText[]) => { readonly files?: Readonly<Record<string, unknown>> };
  readonly gist: TSchema;
  readonly read: (found: ReadGist) => unknown;
  /** What a change must name, or null. */
  readonly required: "filename" | null;
  readonly edit: (change: GistChange) => Edit;
  readonly changed: (removed: boolean) => object;
  readonly deleted: string;
  /** The sentence for what fails inside. */
  readonly failed: (method: string) => string;
}
