/** What is done to whole documents: in place where they are small, in a worker where it would keep others waiting. */
import type { UpdateContent } from "#shared/sync/index.ts";

/** A document's state as one update, and what it holds. */
export interface Compacted {
  readonly state: Uint8Array;
  readonly content: UpdateContent;
}

export interface Compactor {
  /** One update of many, without what was deleted. Rejects when one of them is none. */
  compact(updates: readonly Uint8Array[]): Promise<Compacted>;
  /** What a state has and a state vector has not. */
  diff(state: Uint8Array, vector: Uint8Array): Promise<Uint8Array>;
  /** Reads an update as `readUpdate` does. */
  read(update: Uint8Array): Promise<UpdateContent | null>;
  close(): Promise<void>;
}

/** A call as the worker hears it. */
export type Call =
  | { readonly id: number; readonly kind: "compact"; readonly updates: readonly Uint8Array[] }
  | { readonly id: number; readonly kind: "diff"; readonly state: Uint8Array; readonly vector: Uint8Array }
  | { readonly id: number; readonly kind: "read"; readonly update: Uint8Array };

/** What the worker answers. */
export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failed: string };
