/**
 * How long the engine's word takes, in Node and as processor time: the service is the browser's own, and designs are cloned into it as into a worker.
 * Floor: the same statements sent with nothing around them.
 */
import { postgres } from "#shared/dialects/postgres/index.ts";
import {
  addColumn,
  addIndex,
  connect,
  createTable,
  dropColumn,
  dropTables,
  moveColumn,
  patchColumn,
  renameColumn,
  renameRelation,
} from "#shared/edit/index.ts";
import { apply, type Change, type Column, type Mint, type Schema, type Table } from "#shared/model/index.ts";
import { DatabaseService } from "../../web/workers/database-service.ts";
import { generate } from "../support/generator.ts";
import { openPglite } from "../support/pglite.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
}

const ROUNDS = 12;
const round = (value: number): number => Math.round(value * 10) / 10;

function minter(): Mint {
  let minted = 0;
  return () => `m${String((minted += 1))}`;
}

type Edit = (schema: Schema, table: Table, column: Column, other: Table) => readonly Change[];

/** The last column carries an index, the third is plain. `other` is another table with a key. */
const edits = (mint: Mint): readonly (readonly [string, Edit])[] => [
  ["a column renamed", (schema, table, column) => renameColumn(schema, table, column, `edited_${mint()}`, postgres)],
  ["a column retyped", (_schema, table, column) => patchColumn(table, column, { type: "varchar(40)", default: null })],
  ["a column made NOT NULL", (_schema, table, column) => patchColumn(table, column, { notNull: !column.notNull })],
  ["a column added", (_schema, table) => addColumn(table, mint).changes],
  ["a column added in the middle", (_schema, table) => addColumn(table, mint, 2).changes],
  ["a column dropped", (schema, table, column) => dropColumn(schema, table, column)],
  ["a column moved", (_schema, table, column) => moveColumn(table, column.id, 1)],
  ["an index added", (_schema, table, column) => addIndex(table, [column], mint)],
  [
    "a relation added",
    (schema, table, _column, other) =>
      connect(schema, { table, column: null }, { table: other, column: null }, postgres, mint)?.changes ?? [],
  ],
  ["a table renamed", (schema, table) => renameRelation(schema, table, { name: `edited_${mint()}` }, postgres)],
  ["a table added", (schema) => createTable(schema, postgres, mint).changes],
  ["a table dropped", (schema, table) => dropTables(schema, new Set([table.id]))],
  ["a type that does not exist", (_schema, table, column) => patchColumn(table, column, { type: "no_such_type" })],
  ["a default that does not fit", (_schema, table, column) => patchColumn(table, column, { type: "integer", default: "'x'" })],
];

/** Processor time, milliseconds: the engine runs in this thread, and what else the machine does is not its fault. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** The last column but one of a table in the middle: neither a key nor in an index. */
function place(schema: Schema, at: number): { readonly table: Table; readonly column: Column; readonly other: Table } {
  const tables = schema.tables.filter(({ columns }) => columns.length > 5);
  const table = tables[(at * 7) % tables.length] as Table;
  return { table, column: table.columns.at(-2) as Column, other: tables[(at * 7 + 3) % tables.length] as Table };
}

async function size(tables: number): Promise<Row[]> {
  const open = async () => {
    const { engine, close } = await openPglite();
    return { engine, close };
  };
  const service = new DatabaseService({ dialect: postgres, open, shipped: (names) => names, readFile: null });
  const prove = (design: Schema): Promise<unknown> => service.prove(structuredClone(design));
  let schema = generate({ tables });
  await prove({ ...schema, tables: [], foreignKeys: [] });
  const first = await timed(() => prove(schema));
  const rows: Row[] = [];
  const aim = tables <= 100 ? 100 : 500;
  for (const [what, edit] of edits(minter())) {
    const taken: number[] = [];
    for (let at = 0; at < ROUNDS; at += 1) {
      const { table, column, other } = place(schema, at);
      const after = apply(schema, edit(schema, table, column, other));
      taken.push(await timed(() => prove(after)));
      // What the engine refuses is taken back, as a person would.
      if (what.includes("does not")) await prove(schema);
      else schema = after;
    }
    taken.sort((a, b) => a - b);
    const [median, worst] = [taken[ROUNDS >> 1] ?? 0, taken[ROUNDS - 2] ?? 0];
    rows.push({ what: `${String(tables)} tables: ${what}, median`, value: round(median), unit: "ms", aim });
    rows.push({ what: `${String(tables)} tables: ${what}, p90`, value: round(worst), unit: "ms" });
  }
  const { engine, close } = await openPglite();
  const sql = (await postgres.ddl())
    .create(schema)
    .map((statement) => statement.sql)
    .join(";\n");
  const floor = await timed(() => engine.exec(`begin;${sql};rollback`));
  await close();
  return [
    { what: `${String(tables)} tables: first verdict (everything run)`, value: round(first), unit: "ms", floor: round(floor) },
    ...rows,
  ];
}

export async function run(): Promise<Row[]> {
  return [...(await size(100)), ...(await size(1000))];
}
