/**
 * What a database worker does, whichever engine is inside: `postgres/` and `sqlite/` both speak this.
 *
 * Everything crosses the wire as cloneable data; expected failures are returned, never thrown. A client starts its worker on
 * first use, and `signal` cancels by ending the worker and opening a new one.
 */
import type { ImportProgress } from "#shared/dialects/dialect.ts";
import type { Comparison } from "#shared/history/index.ts";
import type { ReplayProgress, Step } from "#shared/migrations/index.ts";
import type { Schema } from "#shared/model/index.ts";
import type { Problem, Report, Result } from "#shared/result/index.ts";
import type { Refusal } from "../stores/api.ts";
import type { Parcel } from "./parcel.ts";

/** A dump as text, or the bytes of a database file (`.sqlite`); bytes are transferred. */
export type ImportInput =
  | { readonly kind: "text"; readonly name: string; readonly bytes: ArrayBuffer }
  | { readonly kind: "database"; readonly name: string; readonly bytes: ArrayBuffer };

export interface ImportRequest {
  readonly input: ImportInput;
  /** Rows are loaded too, so that the constraints are tried on them, and counted; else they are set aside. */
  readonly loadData: boolean;
}

/** The engine's word on a whole design. `refusals` is empty when it was accepted. */
export interface Verdict {
  readonly engine: string;
  readonly ms: number;
  readonly refusals: readonly Refusal[];
}

/** A script that was run in a fresh engine and read back, where one runs here. */
export interface ExportedSql {
  readonly sql: string;
  /** The engine that ran it; null where none of this dialect runs here. */
  readonly engine: string | null;
  readonly ms: number;
  /** Empty when what the engine holds afterwards equals the design. */
  readonly differences: readonly Problem[];
  readonly statements: number;
  /** What a design of another dialect does not carry over. */
  readonly lost: readonly Problem[];
}

/** What a live server is asked to prove: what a file defines, without its rows, and the SQL of the design that was read of it. */
export interface Definitions {
  readonly file: string;
  readonly design: string;
}

/** A step of a replay, as far as it is looked at; its state stays in the worker until it is asked for. */
export interface StepTold {
  readonly comparison: Comparison;
  /** How many there are of each kind after it. */
  readonly counts: Parcel["counts"];
  readonly problems: readonly Problem[];
}

export interface ReplayTold {
  readonly engine: string | null;
  readonly steps: readonly StepTold[];
  /** What reading the last state had to say. */
  readonly problems: readonly Problem[];
}

export interface DatabaseClient {
  importDump(
    request: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<Report<Parcel | null>>;
  /** Proves the design as it stands. Callers send each new snapshot; what changed since the last is the service's own affair. */
  prove(schema: Schema): Promise<Result<Verdict>>;
  /** The design as its engine prints it, under its own ids; as it was typed, with the reasons, where part of it is refused. */
  settle(schema: Schema, signal: AbortSignal): Promise<Report<Schema>>;
  /** Writes the design, converted where it is of another dialect, as SQL, runs it in a fresh engine, reads it back and compares. */
  exportSql(schema: Schema, signal: AbortSignal): Promise<Result<ExportedSql>>;
  /** What may be sent of a file to be proved, beside the SQL of the design that was read of it. */
  definitions(
    request: { readonly input: ImportInput; readonly parcel: Parcel },
    signal: AbortSignal,
  ): Promise<Result<Definitions>>;
  /** Runs migrations one after the other in an empty engine. Their states can be had until it is closed. */
  replay(
    steps: readonly Step[],
    onProgress: (progress: ReplayProgress) => void,
    signal: AbortSignal,
  ): Promise<Result<ReplayTold>>;
  /** What the design was after the steps of these places. */
  states(places: readonly number[]): Promise<Result<readonly Parcel[]>>;
  close(): void;
}
