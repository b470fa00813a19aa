/**
 * Arbitrary designs that PostgreSQL accepts, in the engine's own words (expressions as its catalogue prints them), so that what is
 * read back can be compared whole: every kind of entity, every attribute that fits.
 */
import { identifier as q } from "#shared/dialects/postgres/quote.ts";
import {
  emptySchema,
  type ForeignKey,
  type Index,
  makeForeignKey,
  makeIndex,
  type Schema,
  type Table,
  type Verbatim,
  type View,
} from "#shared/model/index.ts";
import fc from "../fast-check.ts";
import { comment, type Facts, flip, tableFacts } from "./facts.ts";
import { childOf, partitionOf } from "./heirs.ts";
import { tableOf } from "./tables.ts";
import { APP, NAMESPACES, PUBLIC, TYPES } from "./types.ts";

function relation(facts: Facts, from: Table, tables: readonly Table[]): ForeignKey[] {
  // A key to a partitioned table has a share to each partition, which the engine makes and names.
  const targets = tables.filter(
    ({ constraints, partitionBy }) =>
      partitionBy === null && constraints.some(({ kind, deferrable: later }) => kind === "primary" && later === "no"),
  );
  const to = facts.target === null ? undefined : targets[facts.target % targets.length];
  const key = to?.constraints.find(({ kind }) => kind === "primary");
  if (!to || key?.kind !== "primary" || from.partitionBy !== null || (to.unlogged && !from.unlogged)) return [];
  const notValid = "notValid" in facts.actions;
  const id = `${from.name}@` as ForeignKey["id"];
  const columns = from.columns.slice(0, key.columns.length).map((column) => column.id);
  const ends = { tableId: from.id, columns, refTableId: to.id, refColumns: key.columns };
  const only = "match" in facts.actions ? { onDeleteColumns: columns.slice(-1) } : {};
  return [makeForeignKey({ ...facts.actions, ...only, ...ends, id, name: `${from.name} to`, notValid })];
}

const qualified = (table: Table): string => `${table.namespaceId === APP ? '"App ""x"""' : "public"}.${q(table.name)}`;

function verbatimOf(facts: Facts, table: Table): Verbatim[] {
  const base = { namespaceId: null, ownerId: table.id, comment: facts.comment, dependsOn: [] };
  const first = q(table.columns[0]?.name ?? "");
  const policy = `CREATE POLICY ${q(facts.stem)} ON ${qualified(table)} FOR SELECT USING ((${first} > 0))`;
  const trigger = `CREATE TRIGGER ${q(facts.stem)} BEFORE INSERT OR UPDATE ON ${qualified(table)} FOR EACH ROW EXECUTE FUNCTION public.touch()`;
  const id = (kind: string): Verbatim["id"] => `${kind}:${table.name}` as Verbatim["id"];
  return [
    ...(facts.policy ? [{ ...base, id: id("policy"), kind: "policy", name: facts.stem, definition: policy }] : []),
    ...(facts.trigger ? [{ ...base, id: id("trigger"), kind: "trigger", name: facts.stem, definition: trigger }] : []),
  ];
}

const TOUCH: Verbatim = {
  id: "function:touch" as Verbatim["id"],
  kind: "function",
  namespaceId: PUBLIC,
  ownerId: null,
  name: "touch()",
  definition:
    "CREATE OR REPLACE FUNCTION public.touch()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$begin return new; end$function$",
  comment: "marks",
  dependsOn: [],
};

function viewOf(table: Table, materialized: boolean, text: string | null): View {
  const [column] = table.columns;
  const name = column?.name ?? "";
  const part = { columnId: null, expression: q(name), descending: false, nulls: null, opclass: null, collation: null };
  const id = `view:${materialized ? "m" : "v"}` as View["id"];
  const index = makeIndex({ id: `${id}?` as Index["id"], name: "of view", parts: [part], unique: true, comment: text });
  return {
    id,
    namespaceId: PUBLIC,
    name: materialized ? "Kept" : "seen",
    comment: text,
    materialized,
    definition: ` SELECT ${q(name)}\n   FROM ${qualified(table)}`,
    columns: [{ name, type: "integer", comment: text, default: materialized ? null : "3" }],
    indexes: materialized ? [index] : [],
    options: materialized ? { no_data: "true" } : { security_barrier: "true" },
    dependsOn: [table.id],
  };
}

/** A design of up to four tables, with their partitions and children, and some of everything else. */
export const arbitraryPostgres: fc.Arbitrary<Schema> = fc
  .record({
    facts: fc.array(tableFacts, { minLength: 1, maxLength: 4 }),
    view: fc.option(comment),
    kept: fc.option(comment),
    sequence: fc.constantFrom("", "INCREMENT BY -1 MINVALUE -5 MAXVALUE 9 START WITH 3 CACHE 4 CYCLE"),
    owned: flip,
    unlogged: flip,
  })
  .map(({ facts, view, kept, sequence, owned, unlogged }): Schema => {
    const own = facts.map(tableOf);
    const [first] = own as [Table];
    const more = own.flatMap((table, at) => {
      if (facts[at]?.shape === "partitioned") return [partitionOf(table, 0), partitionOf(table, 1)];
      return facts[at]?.shape === "parent" ? [childOf(table)] : [];
    });
    const column = first.columns[0];
    return {
      ...emptySchema("postgres"),
      namespaces: NAMESPACES,
      tables: [...own, ...more],
      foreignKeys: own.flatMap((table, at) => relation(facts[at] as Facts, table, own)),
      types: TYPES,
      sequences: [
        {
          id: "sequence:s" as Schema["sequences"][number]["id"],
          namespaceId: owned ? first.namespaceId : APP,
          name: "Counter",
          comment: "counts",
          type: "integer",
          definition: sequence,
          unlogged: owned ? first.unlogged : unlogged,
          ownedBy: owned && column ? { tableId: first.id, columnId: column.id } : null,
        },
      ],
      views: [
        ...(view === null ? [] : [viewOf(first, false, view)]),
        ...(kept === null || first.unlogged ? [] : [viewOf(first, true, kept)]),
      ],
      verbatim: [TOUCH, ...own.flatMap((table, at) => verbatimOf(facts[at] as Facts, table))],
    };
  });
