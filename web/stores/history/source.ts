/** Where versions of a design are: on this device, or on the server where it is shared. */
import type { Result } from "#shared/result/index.ts";

export type Place = "device" | "server";

export interface Version {
  /** Unique over both places. */
  readonly key: string;
  readonly place: Place;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null for one that was taken by itself. */
  readonly name: string | null;
  /** Who wrote since the version before; empty for the person of this device who never gave a name. */
  readonly authors: readonly string[];
  /** What it was taken for, as `recorder.ts` says it; null where that is not told. */
  readonly why: string | null;
}

export interface Source {
  readonly mayName: boolean;
  readonly mayRemove: boolean;
  /** Oldest first. */
  list(): Promise<Result<readonly Version[]>>;
  /** The state of a version, as one update. */
  state(id: string): Promise<Result<Uint8Array>>;
  rename(id: string, name: string | null): Promise<Result<null>>;
  remove(id: string): Promise<Result<null>>;
}
