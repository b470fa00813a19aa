/** How long the engine's word takes, in Node: the service is the browser's own. Floor: the same statements sent with nothing around them. */
import { postgres } from "#shared/dialects/postgres/index.ts";
import { apply, type Column, type Table } from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { generate } from "../support/generator.ts";
import { openPglite } from "../support/pglite.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
}

const EDITS = 20;
const round = (value: number): number => Math.round(value * 10) / 10;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function size(tables: number): Promise<Row[]> {
  const { engine, close } = await openPglite();
  let schema = generate({ tables });
  const prover = new Prover(postgres, engine);
  const first = await timed(() => prover.prove(schema));
  const accepted: number[] = [];
  const refused: number[] = [];
  for (let edit = 0; edit < EDITS; edit += 1) {
    const table = schema.tables[(edit * 7) % tables] as Table;
    const before = table.columns.at(-1) as Column;
    const change = (patch: Partial<Column>) =>
      apply(schema, [{ kind: "alter", entity: "column", ownerId: table.id, before, after: { ...before, ...patch } }]);
    const broken = change({ type: "no_such_type" });
    refused.push(await timed(() => prover.prove(broken)));
    schema = change({ name: `edited_${String(edit)}` });
    accepted.push(await timed(() => prover.prove(schema)));
  }
  await engine.exec("rollback");
  const sql = postgres.ddl
    .create(schema)
    .map((statement) => statement.sql)
    .join(";\n");
  const floor = await timed(() => engine.exec(`begin;${sql};rollback`));
  await close();
  const p95 = (list: number[]): number => round(list.sort((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? 0);
  const aim = tables <= 100 ? 100 : 500;
  return [
    { what: `${String(tables)} tables: first verdict (everything run)`, value: round(first), unit: "ms", floor: round(floor) },
    { what: `${String(tables)} tables: verdict after an accepted edit, p95`, value: p95(accepted), unit: "ms", aim },
    { what: `${String(tables)} tables: verdict after a refused edit, p95`, value: p95(refused), unit: "ms", aim },
  ];
}

export async function run(): Promise<Row[]> {
  return [...(await size(100)), ...(await size(1000))];
}
