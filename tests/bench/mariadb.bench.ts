/** How long reading a live MariaDB catalogue takes: everything the model holds, beside `mysqldump --no-data` and the bare SHOW CREATEs. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mariadb } from "#shared/dialects/mariadb/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { generate } from "../support/generator.ts";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

/** The generator's types, as this server has them. */
const TYPES: Readonly<Record<string, string>> = {
  text: "varchar(200)",
  integer: "int(11)",
  bigint: "bigint(20)",
  boolean: "tinyint(1)",
  "timestamp with time zone": "datetime",
  "numeric(10,2)": "decimal(10,2)",
  jsonb: "json",
  uuid: "uuid",
};
const RUNS = 3;
const AIM = 0.3;
const round = (value: number): number => Math.round(value * 100) / 100;
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

function design(tables: number): Schema {
  const schema = generate({ tables });
  const namespaces = schema.namespaces.map((namespace) => ({ ...namespace, name: mariadb.features.defaultNamespace }));
  return {
    ...schema,
    dialect: mariadb.id,
    namespaces,
    tables: schema.tables.map((table) => ({
      ...table,
      constraints: table.constraints.map((key) => (key.kind === "primary" ? { ...key, name: "PRIMARY" } : key)),
      columns: table.columns.map((column) => ({ ...column, type: TYPES[column.type] ?? column.type, default: null })),
    })),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function size(server: MariadbServer, tables: number): Promise<Row[]> {
  const database = `bench_${String(tables)}`;
  await server.script("", `CREATE DATABASE ${database}`);
  const said = await server.script(database, await wholeScript(mariadb, design(tables)));
  if (said !== "") throw new Error(said.slice(0, 500));
  const session = await server.connect();
  const read = () => mariadb.catalog.introspect(session.run, { namespaces: [database] });
  const { value } = await read();
  if (value.tables.length !== tables) throw new Error(`${String(value.tables.length)} tables were read`);
  const names = value.tables.map(({ name }) => `SHOW CREATE TABLE ${database}.\`${name}\``);
  const [ours, dump, bare]: [number[], number[], number[]] = [[], [], []];
  const run = promisify(execFile);
  const peer = ["--no-defaults", `--socket=${server.socket}`, "--user=root", "--no-data", database];
  for (let at = 0; at < RUNS; at += 1) {
    ours.push(await timed(read));
    dump.push(await timed(() => run("mariadb-dump", peer, { maxBuffer: 1 << 28 })));
    bare.push(await timed(() => session.run(names.join(";"))));
  }
  await session.close();
  const label = `${String(tables)} tables`;
  const [mine, theirs, least] = [median(ours), median(dump), median(bare)];
  return [
    {
      what: `${label}: introspection of everything`,
      value: round(mine),
      unit: "ms",
      floor: round(least),
      note: "floor: the bare SHOW CREATE TABLEs",
    },
    { what: `${label}: mysqldump --no-data`, value: round(theirs), unit: "ms" },
    { what: `${label}: introspection / mysqldump --no-data`, value: round(mine / theirs), unit: "×", aim: AIM },
  ];
}

export async function run(): Promise<Row[]> {
  const server = await startMariadb();
  if (!server) return [];
  try {
    return [...(await size(server, 1000)), ...(await size(server, 5000))];
  } finally {
    await server.stop();
  }
}
