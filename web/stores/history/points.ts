/** Points of a design's history: versions and what it is now, read, kept for a while, compared. */
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import type { Comparison } from "#shared/history/index.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";
import type { Comparer, Side } from "../../workers/history/client.ts";
import type { Place, Source, Version } from "./source.ts";

/** A version, or the design as it stands. */
export type Point = Version | "now";

/** States of versions that are kept in memory. */
const KEPT_BYTES = 24 * 1024 * 1024;

export class Points {
  readonly #doc: Y.Doc;
  readonly #comparer: Comparer;
  readonly #source: (place: Place) => Source;
  readonly #states = new Map<string, Uint8Array>();
  #revision = 0;
  #now: Side | null = null;

  constructor(doc: Y.Doc, comparer: Comparer, source: (place: Place) => Source) {
    this.#doc = doc;
    this.#comparer = comparer;
    this.#source = source;
    doc.on("update", this.#changed);
  }

  readonly #changed = (): void => {
    this.#revision += 1;
  };

  /** Length of a version's state, where it was read. */
  sizeOf(version: Version): number {
    return this.#states.get(version.key)?.length ?? 0;
  }

  async #state(version: Version): Promise<Result<Uint8Array>> {
    const known = this.#states.get(version.key);
    if (known) return ok(known);
    const read = await this.#source(version.place).state(version.id);
    if (!read.ok) return read;
    this.#states.set(version.key, read.value);
    let sum = 0;
    for (const [key, { length }] of [...this.#states].reverse()) {
      sum += length;
      if (sum > KEPT_BYTES && key !== version.key) this.#states.delete(key);
    }
    return read;
  }

  async #side(point: Point): Promise<Result<Side>> {
    if (point !== "now") {
      const state = await this.#state(point);
      return state.ok ? ok({ key: point.key, state: state.value }) : state;
    }
    const key = `now ${String(this.#revision)}`;
    if (this.#now?.key !== key) this.#now = { key, state: Y.encodeStateAsUpdate(this.#doc) };
    return ok(this.#now);
  }

  /** What changed from one point to another. */
  async compare(before: Point, after: Point): Promise<Result<Comparison>> {
    const first = await this.#side(before);
    if (!first.ok) return first;
    const second = await this.#side(after);
    return second.ok ? this.#comparer.compare(first.value, second.value) : second;
  }

  /** The design of a version, apart from the open one. */
  async open(version: Version): Promise<Result<DesignDoc>> {
    const state = await this.#state(version);
    if (!state.ok) return state;
    const doc = new Y.Doc();
    try {
      Y.applyUpdate(doc, state.value);
    } catch {
      return fail(problem("version.unreadable", "error"));
    }
    const design = new DesignDoc(doc);
    // Of an older format: brought up here, so that nothing is left to write where it is shown.
    design.upgrade();
    return ok(design);
  }

  close(): void {
    this.#doc.off("update", this.#changed);
  }
}
