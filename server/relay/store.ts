import type { StoreHealth } from "../ops/health.ts";
import type { RoomRecord } from "./record.ts";

/** The name of a document: a room's id, or that with `.comments`. Nothing else ever becomes part of a path or a key. */
export type DocumentName = string;

/** What a document's state covered when it was taken; only its store reads it. */
export interface Mark {
  readonly at: number;
  readonly delivered: number;
}

/** Makes one update of many; a store that others write to as well calls it over what it holds itself. */
export type Merge = (updates: readonly Uint8Array[]) => Promise<Uint8Array>;

/** What a store holds of a document: the state that was saved last, and the updates since, of which some may be in it already. */
export interface Kept {
  readonly state: Uint8Array | null;
  readonly updates: readonly Uint8Array[];
}

/** A version of a room's design: when, by whom, and under which name (null for those the server takes by itself). */
export interface RoomVersion {
  readonly id: string;
  readonly at: string;
  readonly name: string | null;
  /** Names that those who wrote since the version before gave themselves. */
  readonly authors: readonly string[];
  /** Length of its state, bytes. */
  readonly bytes: number;
}

/** Where rooms are kept. What is acknowledged is on the disk; what cannot be reached rejects. */
export interface RoomStore {
  /** True where other servers may change the same rooms, so that rights are looked up again while people work. */
  readonly shared: boolean;
  /** Takes hold of what it needs; rejects while another server has it. Every other call does so by itself. */
  open(): Promise<void>;
  /** Documents that were being written when the server last ended and are not settled yet; none before it is open. */
  unsettled(): Promise<readonly DocumentName[]>;

  /** Keeps a new room; false when there are `most` already. */
  create(record: RoomRecord, most: number): Promise<boolean>;
  read(room: string): Promise<RoomRecord | null>;
  /** Changes a room's record, one at a time for each room; null from `edit` changes nothing. */
  change(room: string, edit: (record: RoomRecord) => RoomRecord | null): Promise<RoomRecord | null>;
  /** Removes a room with all it holds. */
  remove(room: string): Promise<void>;

  /** What makes up a document; it is not loaded anywhere else in this process. */
  load(name: DocumentName): Promise<Kept>;
  /** Keeps an update; `done` is called once it is on the disk, or with what failed. Updates at the same moment share one write. */
  append(name: DocumentName, update: Uint8Array, done: (failed: Error | null) => void): void;
  /** To be called at the moment a document's state is taken: all updates whose `done` was called are in that state. */
  mark(name: DocumentName): Mark;
  /** Puts a state in the place of the updates it covers. */
  save(name: DocumentName, state: Uint8Array, mark: Mark, merge: Merge): Promise<void>;

  /** A room's versions, oldest first. */
  versions(room: string): Promise<readonly RoomVersion[]>;
  /** The packed state of a version, as it was given. */
  version(room: string, id: string): Promise<Uint8Array | null>;
  /** Keeps a version and leaves only those that `keep` returns. */
  addVersion(
    room: string,
    version: RoomVersion,
    packed: Uint8Array,
    keep: (all: readonly RoomVersion[]) => readonly RoomVersion[],
  ): Promise<void>;
  /** Changes the list of versions, one at a time for each room, and removes the states it no longer names. */
  changeVersions(room: string, change: (all: readonly RoomVersion[]) => readonly RoomVersion[]): Promise<void>;

  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}
