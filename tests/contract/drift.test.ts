/** The drift between a design and a database, on a real PostgreSQL (PGlite): in words, taken, and as SQL for the other side. */
import { afterEach, describe, expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { mariadb } from "#shared/dialects/mariadb/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { changeScript, drift, type DriftGroup, nearer, reversed, withNeeds } from "#shared/drift/index.ts";
import { adopt, apply, invariants, type Schema } from "#shared/model/index.ts";
import { settled } from "#shared/proof/index.ts";
import { openPglite } from "../support/pglite.ts";

const SAME = `create type mood as enum ('sad', 'ok');
  create table customer (id int primary key, email varchar(80), feels mood default 'ok');
  create table sale (id int primary key, customer_id int not null references customer on delete cascade, total numeric(8,2) check (total > 0));
  create index sale_by_customer on sale (customer_id);
  create view totals as select customer_id, sum(total) as total from sale group by 1;`;

const opened: { close: () => Promise<void> }[] = [];
async function empty(): Promise<Engine> {
  const made = await openPglite();
  opened.push(made);
  return made.engine;
}
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

/** What an engine makes of a script: many cases begin with the same one. */
const made = new Map<string, Promise<Schema>>();
function schemaOf(sql: string): Promise<Schema> {
  const run = async (): Promise<Schema> => {
    const { engine, close } = await openPglite();
    await engine.exec(sql);
    const { value } = await postgres.catalog.introspect(engine.query, { namespaces: [] });
    await close();
    return value;
  };
  const known = made.get(sql) ?? run();
  made.set(sql, known);
  return known;
}

let next = 0;
const mint = (): string => `new${String((next += 1))}`;
/** As the app does it: the design has ids of its own, the database's objects get them where they are the same. */
async function pair(
  design: string,
  live: string,
): Promise<{ readonly design: Schema; readonly live: Schema; readonly engine: Engine }> {
  const mine = adopt(await schemaOf(design), null, mint);
  const engine = await empty();
  await engine.exec(live);
  const { value } = await postgres.catalog.introspect(engine.query, { namespaces: [] });
  return { design: mine, live: adopt(value, mine, mint), engine };
}

const lines = (groups: readonly DriftGroup[]): string[] =>
  groups.flatMap(({ name, differences }) =>
    differences.map(({ what, side, details }) => `${name} | ${what} | ${side} | ${details.join("; ")}`),
  );

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ["nothing", "", []],
  [
    "a column more",
    "alter table customer add note text not null default 'x'",
    ["public.customer | column note | database | text, NOT NULL, default 'x'::text"],
  ],
  ["a column less", "alter table customer drop email", ["public.customer | column email | design | character varying(80)"]],
  [
    "another type, NOT NULL",
    "alter table customer alter email type text, alter email set not null",
    [
      "public.customer | column email | both | type: character varying(80) in the design, text in the database; NOT NULL: no in the design, yes in the database",
    ],
  ],
  [
    "a renamed column",
    "alter table customer rename email to mail",
    ["public.customer | column email | both | name: email in the design, mail in the database"],
  ],
  [
    "a rule of a foreign key",
    "alter table sale drop constraint sale_customer_id_fkey, add foreign key (customer_id) references customer",
    ["public.sale | foreign key sale_customer_id_fkey | both | ON DELETE: cascade in the design, no action in the database"],
  ],
  [
    "a table more",
    "create table parcel (id int primary key, sale_id int references sale)",
    [
      "public.parcel | table parcel | database | 2 columns",
      "public.parcel | foreign key parcel_sale_id_fkey | database | sale_id → sale (id)",
    ],
  ],
  ["an index less", "drop index sale_by_customer", ["public.sale | index sale_by_customer | design | on customer_id"]],
  [
    "a value more",
    "alter type mood add value 'happy'",
    ["Types | enum mood | both | values: sad, ok in the design, sad, ok, happy in the database"],
  ],
  [
    "a view that says something else",
    "create or replace view totals as select customer_id, max(total) as total from sale group by 1",
    [expect.stringContaining("public.totals | view totals | both | definition:") as unknown as string],
  ],
];

describe("in words", () => {
  it.each(CASES)("%s", async (_name, change, expected) => {
    const { design, live } = await pair(SAME, `${SAME}\n${change}`);
    expect(lines(drift(design, live, postgres))).toEqual(expected);
  });

  it("leaves out what was left out", async () => {
    const { design, live } = await pair(SAME, `${SAME}\ncreate table parcel (id int primary key)`);
    expect(drift(design, live, postgres, ["public.parcel"])).toEqual([]);
  });
});

const MUCH = `create type size as enum ('s', 'l');
  alter table customer drop email, add size size, alter feels drop default;
  drop index sale_by_customer; drop view totals; alter table sale drop customer_id;
  create table parcel (id int primary key, sale_id int references sale, size size not null);
  create view parcels as select id from parcel;
  create function tidy() returns trigger language plpgsql as 'begin return new; end';
  create trigger tidy before insert on parcel for each row execute function tidy();`;

describe("taking sides", () => {
  it("everything taken from the database makes the design equal to it", async () => {
    const { design, live } = await pair(SAME, `${SAME}\n${MUCH}`);
    const groups = drift(design, live, postgres);
    const after = apply(
      design,
      groups.flatMap(({ differences }) => differences.map(({ change }) => change)),
    );
    expect(invariants(after)).toEqual([]);
    expect(drift(after, live, postgres)).toEqual([]);
    const kept = design.tables.map(({ id }) => id);
    expect(after.tables.map(({ id }) => id)).toEqual(expect.arrayContaining(kept));
  });

  it("each difference alone, with what it needs, leaves a design that an engine accepts", async () => {
    const { design, live } = await pair(SAME, `${SAME}\n${MUCH}`);
    const groups = drift(design, live, postgres);
    for (const { key } of groups.flatMap(({ differences }) => differences)) {
      const taken = withNeeds(groups, new Set([key]));
      const after = apply(
        design,
        taken.map(({ change }) => change),
      );
      expect(invariants(after), key).toEqual([]);
      const { engine, close } = await openPglite();
      expect((await settled(postgres, after, engine)).problems, key).toEqual([]);
      await close();
    }
  });

  it("takes with a trigger its table, its function and the type of a column", async () => {
    const { design, live } = await pair(SAME, `${SAME}\n${MUCH}`);
    const groups = drift(design, live, postgres);
    const trigger = groups.flatMap(({ differences }) => differences).find(({ what }) => what === "trigger tidy");
    const taken = withNeeds(groups, new Set([trigger?.key ?? ""]));
    expect(taken.map(({ what }) => what).sort()).toEqual(["enum size", "function tidy()", "table parcel", "trigger tidy"]);
  });

  it("everything kept is SQL that brings the database to the design", async () => {
    const { design, live, engine } = await pair(SAME, `${SAME}\n${MUCH}`);
    const changes = drift(design, live, postgres).flatMap(({ differences }) => differences.map(({ change }) => reversed(change)));
    const script = changeScript(await postgres.ddl(), live, changes);
    expect(script.impossible).toEqual([]);
    expect(script.losses).toEqual(expect.arrayContaining(["table parcel", "column customer.size"]));
    expect(script.sql).toContain("It has not been run");
    await engine.exec(script.sql);
    const { value } = await postgres.catalog.introspect(engine.query, { namespaces: [] });
    const left = lines(drift(design, adopt(value, design, mint), postgres));
    expect(left.filter((line) => !line.includes("order of the columns"))).toEqual([]);
  });
});

describe("a design as it was typed", () => {
  it("is compared as its engine prints it", async () => {
    const typed = adopt(
      await schemaOf("create table item (id int4 primary key, price numeric check (price > 0), made timestamptz default now())"),
      null,
      mint,
    );
    const [table] = typed.tables;
    const rough: Schema = {
      ...typed,
      tables: [
        {
          ...table!,
          columns: table!.columns.map((column) => (column.name === "id" ? { ...column, type: "int", notNull: false } : column)),
          constraints: table!.constraints.map((item) => (item.kind === "check" ? { ...item, expression: "price>0" } : item)),
        },
      ],
    };
    const { value, problems } = await settled(postgres, rough, await empty());
    expect(problems).toEqual([]);
    expect(drift(value, typed, postgres)).toEqual([]);
    expect(drift(nearer(rough, value, typed), typed, postgres)).toEqual([]);
    expect(lines(drift(rough, typed, postgres))).toEqual([
      "public.item | check item_price_check | both | expression: price>0 in the design, (price > (0)::numeric) in the database",
    ]);
  });

  it("is the same where it is written as the database has it, however its own engine would print it", async () => {
    const { design, live } = await pair(SAME, SAME);
    const [view] = design.views;
    // PostgreSQL 15 and older print the table's name before each column.
    const older = " SELECT sale.customer_id, sum(sale.total) AS total FROM public.sale GROUP BY sale.customer_id";
    const written = { ...design, views: [{ ...view!, definition: older }] };
    const has = { ...live, views: [{ ...live.views[0]!, definition: older }] };
    const { value: printed } = await settled(postgres, written, await empty());
    expect(drift(printed, has, postgres)).not.toEqual([]);
    expect(drift(nearer(written, printed, has), has, postgres)).toEqual([]);
    const other = { ...has, views: [{ ...has.views[0]!, definition: `${older} -- other` }] };
    expect(lines(drift(nearer(written, printed, other), other, postgres))).toHaveLength(1);
  });

  it("stays as it was typed where its engine refuses it", async () => {
    const [table] = (await schemaOf("create table item (id int)")).tables;
    const wrong = {
      ...(await schemaOf("")),
      tables: [{ ...table!, columns: table!.columns.map((column) => ({ ...column, type: "nonsense" })) }],
    };
    const { value, problems } = await settled(postgres, wrong, await empty());
    expect(value).toBe(wrong);
    expect(problems).not.toEqual([]);
  });

  it("is read by the reader where no engine runs", async () => {
    const sql = "CREATE DATABASE shop; USE shop; CREATE TABLE item (id int PRIMARY KEY, name varchar(20) DEFAULT 'x');";
    const options = { loadData: false, onProgress: () => undefined, cancelled: () => false };
    const { value } = await mariadb.importer.run(sql, noEngine("MariaDB"), options);
    const report = await settled(mariadb, value!, noEngine("MariaDB"));
    expect(report.problems).toEqual([]);
    expect(drift(report.value, value!, mariadb)).toEqual([]);
  });
});
