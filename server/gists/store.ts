import type { StoreHealth } from "../ops/health.ts";
import type { GistRecord, Texts } from "./record.ts";

/** What a change of a gist comes to. */
export type Decision =
  | { readonly kind: "write"; readonly record: GistRecord; readonly texts: Texts }
  | { readonly kind: "remove" }
  | { readonly kind: "keep" }
  | { readonly kind: "refuse" };

/** Gives a kept text of the gist under decision. */
export type ReadText = (hash: string) => Promise<string>;

/** Where gists are kept. Every answer means that it is on the disk; what cannot be reached rejects. */
export interface GistStore {
  /** Keeps a new gist. */
  add(record: GistRecord, texts: Texts): Promise<void>;
  /** A gist, or null. */
  read(id: string): Promise<GistRecord | null>;
  /** The text of a file by its hash; rejects when a version names one that is not kept. */
  text(id: string, hash: string): Promise<string>;
  /** Decides on a gist and does it, one at a time for each gist; texts no version needs any more go. */
  change(id: string, decide: (record: GistRecord, text: ReadText) => Promise<Decision>): Promise<Decision["kind"] | "missing">;
  /** Looks whether it works; never rejects. */
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}
