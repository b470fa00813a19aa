/** Objects that are kept word for word: routines, triggers, rules, policies, extensions and whatever is one statement. */
import type { NamespaceId, TableId, Verbatim, VerbatimId } from "../../../model/index.ts";
import { identifier, literal } from "../quote.ts";
import { flag, type Ids, json, oid, type Row, text, word } from "./reader.ts";

/** What a catalogue row becomes before ids and dependencies are put on. */
interface Draft {
  readonly catalogue: string;
  readonly oid: string;
  readonly kind: string;
  readonly namespace: unknown;
  readonly owner: unknown;
  readonly name: string;
  readonly definition: string;
  readonly comment: string | null;
}

/** What a final function does to the state it is given. */
const MODIFY: Readonly<Record<string, string>> = { r: "READ_ONLY", s: "SHAREABLE", w: "READ_WRITE" };

type AggregateFacts = readonly (string | number | boolean | null)[];

function aggregate(row: Row, namespace: string): string {
  const facts = json<AggregateFacts>(row[7]) ?? [];
  const [
    transition,
    state,
    space,
    final,
    finalExtra,
    initial,
    combine,
    serial,
    deserial,
    moving,
    inverse,
    movingState,
    movingFinal,
    movingInitial,
  ] = facts;
  const parts = [`SFUNC = ${String(transition)}`, `STYPE = ${String(state)}`];
  const add = (label: string, value: unknown, quoted = false): void => {
    if (value !== null && value !== undefined && value !== "-" && value !== false) {
      parts.push(value === true ? label : `${label} = ${quoted ? literal(String(value)) : String(value)}`);
    }
  };
  add("SSPACE", space);
  add("FINALFUNC", final);
  add("FINALFUNC_EXTRA", finalExtra);
  add("INITCOND", initial, true);
  add("COMBINEFUNC", combine);
  add("SERIALFUNC", serial);
  add("DESERIALFUNC", deserial);
  add("MSFUNC", moving);
  add("MINVFUNC", inverse);
  add("MSTYPE", movingState);
  add("MFINALFUNC", movingFinal);
  add("MINITCOND", movingInitial, true);
  const [sort, modify, movingModify, movingExtra, movingSpace] = facts.slice(16);
  add("SORTOP", sort);
  add("FINALFUNC_MODIFY", MODIFY[String(modify)] ?? null);
  add("MFINALFUNC_MODIFY", MODIFY[String(movingModify)] ?? null);
  add("MFINALFUNC_EXTRA", movingExtra);
  add("MSSPACE", movingSpace);
  if (facts[14] === "h") parts.push("HYPOTHETICAL");
  if (facts[15] === "s") parts.push("PARALLEL = safe");
  if (facts[15] === "r") parts.push("PARALLEL = restricted");
  const args = word(row[3]) === "" ? "*" : word(row[3]);
  return `CREATE AGGREGATE ${namespace}.${identifier(word(row[2]))}(${args}) (\n    ${parts.join(",\n    ")}\n)`;
}

const ROUTINE_KINDS: Readonly<Record<string, string>> = { f: "function", w: "function", p: "procedure", a: "aggregate" };

export function routineDrafts(rows: readonly Row[], ids: Ids): Draft[] {
  return rows.map((row) => {
    const namespace = identifier(ids.name("pg_namespace", row[1]));
    const name = `${word(row[2])}(${word(row[3])})`;
    const kind = ROUTINE_KINDS[word(row[4])] ?? "function";
    const definition = kind === "aggregate" ? aggregate(row, namespace) : word(row[5]).trimEnd();
    return {
      catalogue: "pg_proc",
      oid: oid(row[0]),
      kind,
      namespace: row[1],
      owner: null,
      name,
      definition,
      comment: text(row[6]),
    };
  });
}

const FIRES: Readonly<Record<string, string>> = { D: "DISABLE", R: "ENABLE REPLICA", A: "ENABLE ALWAYS" };

/** Triggers and rules: their statement, and when they fire if not as usual. */
export function tableObjectDrafts(rows: readonly Row[], ids: Ids, kind: "trigger" | "rule"): Draft[] {
  const catalogue = kind === "trigger" ? "pg_trigger" : "pg_rewrite";
  return rows.map((row) => {
    const table = ids.name("pg_class", row[1]);
    const fires = FIRES[word(row[4])];
    const state = fires ? `;\nALTER TABLE ${table} ${fires} ${kind.toUpperCase()} ${identifier(word(row[2]))}` : "";
    const definition = word(row[3]).replace(/;\s*$/, "") + state;
    return {
      catalogue,
      oid: oid(row[0]),
      kind,
      namespace: null,
      owner: row[1],
      name: word(row[2]),
      definition,
      comment: text(row[5]),
    };
  });
}

const COMMANDS: Readonly<Record<string, string>> = { r: "SELECT", a: "INSERT", w: "UPDATE", d: "DELETE" };

export function policyDrafts(rows: readonly Row[], ids: Ids): Draft[] {
  return rows.map((row) => {
    const command = COMMANDS[word(row[3])];
    const roles = json<string[]>(row[5]) ?? [];
    const definition = [
      `CREATE POLICY ${identifier(word(row[2]))} ON ${ids.name("pg_class", row[1])}`,
      flag(row[4]) ? "" : " AS RESTRICTIVE",
      command ? ` FOR ${command}` : "",
      roles.length === 0 || roles[0] === "PUBLIC" ? "" : ` TO ${roles.join(", ")}`,
      row[6] === null ? "" : ` USING (${word(row[6])})`,
      row[7] === null ? "" : ` WITH CHECK (${word(row[7])})`,
    ].join("");
    return {
      catalogue: "pg_policy",
      oid: oid(row[0]),
      kind: "policy",
      namespace: null,
      owner: row[1],
      name: word(row[2]),
      definition,
      comment: text(row[8]),
    };
  });
}

export function extensionDrafts(rows: readonly Row[]): Draft[] {
  return rows.map((row) => ({
    catalogue: "pg_extension",
    oid: oid(row[0]),
    kind: "extension",
    namespace: null,
    owner: null,
    name: word(row[1]),
    definition: `CREATE EXTENSION IF NOT EXISTS ${identifier(word(row[1]))} WITH SCHEMA ${identifier(word(row[2]))}`,
    comment: text(row[3]),
  }));
}

export function statementDrafts(rows: readonly Row[]): Draft[] {
  return rows.map((row) => ({
    catalogue: word(row[6]),
    oid: oid(row[1]),
    kind: word(row[0]),
    namespace: row[2],
    owner: null,
    name: word(row[3]),
    definition: word(row[4]),
    comment: text(row[5]),
  }));
}

/** Puts ids and dependencies on; ids first for all, so that they may depend on each other. */
export function finish(drafts: readonly Draft[], ids: Ids, dependsOn: (id: string) => readonly string[]): Verbatim[] {
  const named = drafts.map((draft) => {
    const where = draft.owner === null ? ids.name("pg_namespace", draft.namespace) : ids.name("pg_class", draft.owner);
    return { draft, id: ids.add(draft.catalogue, draft.oid, draft.kind, `${where}.${draft.name}`) };
  });
  return named.map(({ draft, id }) => ({
    id: id as VerbatimId,
    kind: draft.kind,
    namespaceId: draft.namespace === null ? null : (ids.find("pg_namespace", draft.namespace) as NamespaceId | null),
    ownerId: draft.owner === null ? null : (ids.find("pg_class", draft.owner) as TableId | null),
    name: draft.name,
    definition: draft.definition,
    comment: draft.comment,
    dependsOn: dependsOn(id),
  }));
}
