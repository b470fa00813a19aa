/** The code that designs are written as, checked by its own tools: compilers, validators, and the libraries that it is written for. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getTableConfig as mysqlConfig, MySqlTable } from "drizzle-orm/mysql-core";
import { getTableConfig as pgConfig, PgTable } from "drizzle-orm/pg-core";
import { getTableConfig as sqliteConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Format, Writer } from "#shared/formats/format.ts";
import { formats, writeAs } from "#shared/formats/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { compilerFaults, python, type Sample, samples } from "../support/generated.ts";
import { prismaFaults } from "../support/prisma-oracle.ts";

const root = join(import.meta.dirname, "..", "..", ".cache");
mkdirSync(root, { recursive: true });
const folder = mkdtempSync(join(root, "generated-"));
let all: readonly Sample[] = [];

const CODE = ["typescript", "drizzle", "typeorm", "sqlalchemy", "django"] as const;

const COMPILED = ["typescript", "drizzle", "typeorm"] as const;

const writerOf = (id: (typeof CODE)[number] | "prisma"): Format & { readonly writer: Writer } => {
  const format: Format = formats[id];
  if (!format.writer) throw new Error(`${id} is not written`);
  return { ...format, writer: format.writer };
};

const designOf = ({ name, schema }: Sample) => ({ name, schema, diagrams: [] });

const fileOf = (id: (typeof CODE)[number], { name }: Sample): string =>
  join(folder, `${id}_${name}.${formats[id].extensions[0]}`);

beforeAll(async () => {
  all = await samples();
  for (const id of CODE)
    for (const sample of all)
      writeFileSync(fileOf(id, sample), writeAs(writerOf(id), designOf(sample), sample.dialect, "").value);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Tables by name, as tools tell them: columns with their types, keys, foreign keys, indexes. */
interface Told {
  readonly columns: readonly string[];
  readonly primary: readonly string[];
  readonly relations: readonly string[];
  readonly indexes: readonly string[];
}

const sorted = (list: readonly string[]): readonly string[] => [...list].sort();

/** The same of what is held of a design. */
function held(
  id: (typeof CODE)[number],
  sample: Sample,
): { readonly schema: Schema; readonly told: ReadonlyMap<string, Told>; readonly full: (tableId: string) => string } {
  const { dialect } = sample;
  const { schema } = writerOf(id).writer.hold(designOf(sample), dialect, "").design;
  const byId = new Map(schema.tables.map((table) => [table.id, table]));
  const names = (tableId: string, ids: readonly (string | null)[]): readonly string[] =>
    ids.map((one) => byId.get(tableId as never)?.columns.find((column) => column.id === one)?.name ?? "");
  const spaces = new Map(schema.namespaces.map((space) => [space.id, space.name]));
  const full = (tableId: string): string => {
    const table = byId.get(tableId as never);
    const space = spaces.get(table?.namespaceId as never) ?? "";
    return `${space === dialect.features.defaultNamespace ? "" : `${space}.`}${table?.name ?? ""}`;
  };
  const told = schema.tables.map((table): [string, Told] => {
    const primary = table.constraints.flatMap((key) => (key.kind === "primary" ? names(table.id, key.columns) : []));
    return [
      full(table.id),
      {
        columns: table.columns.map(({ name, notNull }) => `${name}${notNull ? "!" : ""}`),
        primary,
        relations: sorted(
          schema.foreignKeys
            .filter(({ tableId }) => tableId === table.id)
            .map(
              (key) =>
                `${names(table.id, key.columns).join()} > ${full(key.refTableId)} ${names(key.refTableId, key.refColumns).join()} ${key.onDelete}`,
            ),
        ),
        indexes: sorted(table.indexes.map(({ name, unique }) => `${name}${unique ? "!" : ""}`)),
      },
    ];
  });
  return { schema, told: new Map(told), full };
}

describe("TypeScript, Drizzle and TypeORM", () => {
  it("compile strictly, whatever the names of the design are", () => {
    // The large ones are left to the test below: their types alone take the compiler seconds.
    const small = all.filter(({ schema }) => schema.tables.length < 20);
    const files = small.flatMap((sample) => COMPILED.map((id) => fileOf(id, sample)));
    expect(files.length).toBeGreaterThan(20);
    expect(compilerFaults(files)).toEqual([]);
  });

  it("tell Drizzle the tables, columns, types, keys, relations and indexes of the design", async () => {
    for (const sample of all) {
      const { schema, told, full } = held("drizzle", sample);
      const text = writeAs(writerOf("drizzle"), designOf(sample), sample.dialect, "").value;
      const { code } = await transform(text, { loader: "ts", format: "esm" });
      const path = join(folder, `drizzle_${sample.name}.mjs`);
      writeFileSync(path, code);
      const module = (await import(path)) as Record<string, unknown>;
      const found = new Map<string, Told>();
      const types = new Map<string, string>();
      for (const value of Object.values(module)) {
        const config = configOf(value);
        if (!config) continue;
        const name = `${config.schema === undefined ? "" : `${config.schema}.`}${config.name}`;
        for (const column of config.columns)
          types.set(`${name}.${column.name}`, sample.dialect.types.canonical(column.getSQLType()));
        found.set(name, toldBy(config));
      }
      expect(found, sample.name).toEqual(told);
      if (sample.name.startsWith("hostile")) continue;
      for (const table of schema.tables)
        for (const { name, type } of table.columns) {
          // Drizzle tells a list of values without its quotes doubled.
          if (/^(?:enum|set)\(/.test(type)) continue;
          const theirs = types.get(`${full(table.id)}.${name}`) ?? "";
          expect(loose(theirs), `${sample.name} ${table.name}.${name}`).toBe(loose(sample.dialect.types.canonical(type)));
        }
    }
  });
});

/** Serial types are declared ones; namespaces and display widths are not told. */
const loose = (type: string): string =>
  type
    .toLowerCase()
    .replace(/^(?:\w+|"[^"]+")\.(?=[\w"])/, "")
    .replace(/^big(?:serial)$/, "bigint")
    .replace(/^smallserial$/, "smallint")
    .replace(/^serial$/, "integer")
    .replace(/^boolean$/, "tinyint(1)")
    .replaceAll('"', "")
    .replace(/(int|year)\(\d+\)(?!$)/g, "$1");

interface Config {
  readonly name: string;
  readonly schema: string | undefined;
  readonly columns: readonly {
    readonly name: string;
    readonly notNull: boolean;
    readonly primary: boolean;
    getSQLType(): string;
  }[];
  readonly primaryKeys: readonly { readonly columns: readonly { readonly name: string }[] }[];
  readonly indexes: readonly { readonly config: { readonly name?: string | undefined; readonly unique?: boolean | undefined } }[];
  readonly foreignKeys: readonly {
    readonly onDelete: string | undefined;
    reference(): {
      readonly columns: readonly { readonly name: string }[];
      readonly foreignColumns: readonly { readonly name: string }[];
      readonly foreignTable: unknown;
    };
  }[];
}

function configOf(value: unknown): Config | null {
  if (value instanceof PgTable) return pgConfig(value) as unknown as Config;
  if (value instanceof MySqlTable) return mysqlConfig(value) as unknown as Config;
  if (value instanceof SQLiteTable) return { ...sqliteConfig(value), schema: undefined } as unknown as Config;
  return null;
}

function toldBy(config: Config): Told {
  const list = (columns: readonly { readonly name: string }[]): string => columns.map(({ name }) => name).join();
  const alone = config.columns.filter(({ primary }) => primary).map(({ name }) => name);
  return {
    columns: config.columns.map(({ name, notNull }) => `${name}${notNull || alone.includes(name) ? "!" : ""}`),
    primary: config.primaryKeys[0]?.columns.map(({ name }) => name) ?? alone,
    relations: sorted(
      config.foreignKeys.map((key) => {
        const { columns, foreignColumns, foreignTable } = key.reference();
        const target = configOf(foreignTable);
        const name = `${target?.schema === undefined ? "" : `${target.schema}.`}${target?.name ?? ""}`;
        return `${list(columns)} > ${name} ${list(foreignColumns)} ${key.onDelete ?? "no action"}`;
      }),
    ),
    indexes: sorted(config.indexes.map(({ config: { name, unique } }) => `${name ?? ""}${unique ? "!" : ""}`)),
  };
}

describe("Prisma", () => {
  it("takes every schema but those whose names no database would take", () => {
    const sound = all.filter(({ name }) => !name.startsWith("hostile"));
    for (const sample of sound)
      for (const variant of ["7"])
        expect(prismaFaults(writeAs(writerOf("prisma"), designOf(sample), sample.dialect, variant).value), sample.name).toBe("");
  });
});

const COMPILE = `
import ast, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as f:
        compile(f.read(), path, "exec")
print("fine")
`;

const METADATA = `
import importlib.util, json, sys
import sqlalchemy
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateTable, CreateIndex
from sqlalchemy.dialects import postgresql, mysql, sqlite
kinds = {"postgres": postgresql, "mysql": mysql, "mariadb": mysql, "sqlite": sqlite}
found = {}
for at, pair in enumerate(sys.argv[1:]):
    kind, path = pair.split("=", 1)
    spec = importlib.util.spec_from_file_location("m%d" % at, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.Base.registry.configure()
    tables = {}
    for table in module.Base.metadata.tables.values():
        str(CreateTable(table).compile(dialect=kinds[kind].dialect()))
        for index in table.indexes:
            str(CreateIndex(index).compile(dialect=kinds[kind].dialect()))
        tables[table.fullname] = {
            "columns": [c.name + ("" if c.nullable else "!") for c in table.columns],
            "primary": [c.name for c in table.primary_key.columns],
            "relations": sorted("%s > %s %s %s" % (
                ",".join(c.name for c in key.columns), key.elements[0].column.table.fullname,
                ",".join(e.column.name for e in key.elements), (key.ondelete or "no action").lower())
                for key in table.foreign_key_constraints),
            "indexes": sorted(i.name + ("!" if i.unique else "") for i in table.indexes),
        }
    if kind == "sqlite":
        module.Base.metadata.create_all(create_engine("sqlite://"))
    found[path] = tables
print(json.dumps(found))
`;

const MODELS = `
import json, os, re, sys
import django
from django.conf import settings
from django.core.checks import run_checks, ERROR
from django.db import connection
try:
    import psycopg
except ImportError:
    psycopg = None
folder, pairs = sys.argv[1], [pair.split("=", 2) for pair in sys.argv[2:]]
apps = []
for kind, name, path in pairs:
    text = open(path, encoding="utf-8").read()
    if "ArrayField" in text and psycopg is None:
        continue
    package = os.path.join(folder, "app_" + name)
    os.makedirs(package)
    open(os.path.join(package, "__init__.py"), "w").close()
    with open(os.path.join(package, "models.py"), "w", encoding="utf-8") as f:
        f.write(text)
    apps.append((kind, name))
sys.path.insert(0, folder)
settings.configure(INSTALLED_APPS=["app_" + name for kind, name in apps], USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()
# That two designs have something of one name is no fault of either.
faults = [str(one) for one in run_checks() if one.level >= ERROR
    and not (one.id in ("models.E028", "models.E030", "models.E032") and len(set(re.findall(r"app_\\w+", str(one)))) > 1)]
found = {}
for kind, name in apps:
    models = list(django.apps.apps.get_app_config("app_" + name).get_models())
    found[name] = {m._meta.db_table: {
        "columns": sorted(f.column for f in m._meta.local_fields if f.column),
        "relations": sorted("%s > %s" % (f.column, f.related_model._meta.db_table) for f in m._meta.local_fields if f.remote_field),
    } for m in models}
    if kind == "sqlite":
        with connection.schema_editor() as editor:
            for model in models:
                editor.create_model(model)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")
            for model in models:
                cursor.execute('DROP TABLE "%s"' % model._meta.db_table)
print(json.dumps({"faults": faults, "found": found}))
`;

describe("Python", () => {
  it("compiles, whatever the names of the design are", ({ skip }) => {
    const answer = python(
      "ast",
      COMPILE,
      all.map((sample) => fileOf("sqlalchemy", sample)),
    );
    if (answer === null) skip();
    expect(answer).toBe("fine\n");
  });

  it("tells SQLAlchemy the tables, columns, keys, relations and indexes of the design", ({ skip }) => {
    const paths = all.map((sample) => `${sample.dialect.id}=${fileOf("sqlalchemy", sample)}`);
    const answer = python("sqlalchemy.orm.decl_api, sqlalchemy; sqlalchemy.orm.DeclarativeBase", METADATA, paths);
    if (answer === null) skip();
    const found = JSON.parse(answer ?? "{}") as Record<string, Record<string, Told>>;
    for (const sample of all)
      expect(found[fileOf("sqlalchemy", sample)], sample.name).toEqual(Object.fromEntries(held("sqlalchemy", sample).told));
  });

  it("tells Django the tables, columns and relations of the design, without a fault", ({ skip }) => {
    const sound = all.filter(({ name }) => !name.startsWith("hostile"));
    const pairs = sound.map((sample) => `${sample.dialect.id}=${sample.name}=${fileOf("django", sample)}`);
    const answer = python("django.db.models; django.db.models.CompositePrimaryKey", MODELS, [folder, ...pairs]);
    if (answer === null) skip();
    const { faults, found } = JSON.parse(answer ?? "{}") as { faults: string[]; found: Record<string, Record<string, Told>> };
    expect(faults).toEqual([]);
    expect(Object.keys(found).length).toBeGreaterThan(5);
    for (const sample of sound.filter(({ name }) => found[name])) {
      const { schema } = held("django", sample);
      const expected = schema.tables.map((table) => {
        const nameOf = (id: string): string => schema.tables.find((one) => one.id === id)?.name ?? "";
        const columnOf = (id: string | undefined): string => table.columns.find((column) => column.id === id)?.name ?? "";
        const relations = schema.foreignKeys
          .filter(({ tableId }) => tableId === table.id)
          .map(({ columns, refTableId }) => `${columnOf(columns[0])} > ${nameOf(refTableId)}`);
        return [table.name, { columns: sorted(table.columns.map(({ name }) => name)), relations: sorted(relations) }];
      });
      expect(found[sample.name], sample.name).toEqual(Object.fromEntries(expected));
    }
  });
});
