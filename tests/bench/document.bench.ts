/**
 * The document at 1,000 tables x 10 columns, in Node, as processor time. Floors, in the same run: Yjs alone reading the stored bytes for what reads,
 * structuredClone of the schema for what writes.
 */
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import type { Change, Column, Position, Schema, Table, TableId } from "#shared/model/index.ts";
import { generate } from "../support/generator.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

const TABLES = 1000;
const ROUNDS = 9;
const EDITS = 60;

const round = (value: number): number => Math.round(value * 100) / 100;
const at = (list: readonly number[], share: number): number =>
  round([...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0);

/** Processor time, milliseconds: the work is synchronous, and what else the machine does is not its fault. */
function timed(work: () => unknown): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** The median of a few rounds, each on what `prepare` makes anew outside of the clock. */
function median<T>(prepare: () => T, work: (prepared: T) => unknown): number {
  return at(
    Array.from({ length: ROUNDS }, () => {
      const prepared = prepare();
      return timed(() => work(prepared));
    }),
    0.5,
  );
}

function started(schema: Schema): DesignDoc {
  const design = new DesignDoc(new Y.Doc());
  const positions = new Map<TableId, Position>(
    schema.tables.map(({ id }, n) => [id, [(n % 32) * 300, Math.floor(n / 32) * 400]]),
  );
  design.start("Bench", schema, positions);
  return design;
}

function loaded(stored: Uint8Array): DesignDoc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, stored);
  return new DesignDoc(doc);
}

/** A column's rename, in another table each time. */
function rename(design: DesignDoc, edit: number): Change {
  const table = design.snapshot.schema.tables[(edit * 7) % TABLES] as Table;
  const before = table.columns[3] as Column;
  return { kind: "alter", entity: "column", ownerId: table.id, before, after: { ...before, name: `edited_${String(edit)}` } };
}

function edits(design: DesignDoc): Row[] {
  const [edited, moved, undone, redone]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let edit = 0; edit < EDITS; edit += 1) {
    const change = rename(design, edit);
    edited.push(timed(() => design.apply([change], "Rename")));
  }
  for (let edit = 0; edit < EDITS; edit += 1) undone.push(timed(() => design.undo()));
  for (let edit = 0; edit < EDITS; edit += 1) redone.push(timed(() => design.redo()));
  const ids = design.snapshot.schema.tables.map(({ id }) => id);
  for (let edit = 0; edit < EDITS; edit += 1) {
    const place = new Map<TableId, Position>([[ids[edit * 7] as TableId, [edit, edit]]]);
    moved.push(timed(() => design.place(place, "Move")));
  }
  const lists: readonly (readonly [string, readonly number[]])[] = [
    ["one edit to a new snapshot", edited],
    ["undo of one edit", undone],
    ["redo of one edit", redone],
    ["one table moved", moved],
  ];
  return lists.flatMap(([what, list]) => [
    { what: `${what}, median`, value: at(list, 0.5), unit: "ms", aim: 2 },
    { what: `${what}, p95`, value: at(list, 0.95), unit: "ms" },
  ]);
}

export async function run(): Promise<Row[]> {
  const schema = generate({ tables: TABLES });
  const stored = Y.encodeStateAsUpdate(started(schema).doc);
  const fresh = (): Y.Doc => new Y.Doc();
  const cold = round(timed(() => loaded(stored)));
  const alone = median(fresh, (doc) => {
    Y.applyUpdate(doc, stored);
  });
  const load = median(
    () => null,
    () => loaded(stored),
  );
  const clone = median(
    () => null,
    () => structuredClone(schema),
  );
  const write = median(
    () => null,
    () => started(schema),
  );
  return [
    { what: "stored document to a snapshot", value: load, unit: "ms", floor: alone, aim: 100, note: "floor: Y.applyUpdate" },
    { what: "the same, the first time of all (code not compiled yet)", value: cold, unit: "ms" },
    { what: "imported schema into a document", value: write, unit: "ms", floor: clone, note: "floor: structuredClone" },
    { what: "stored document", value: round(stored.length / 1024), unit: "KB" },
    ...edits(loaded(stored)),
  ];
}
