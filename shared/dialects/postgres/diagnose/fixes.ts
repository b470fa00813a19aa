/** Changes of a design that are certain to mend a refusal. */
import {
  type Change,
  type Column,
  type EntityRef,
  type EnumType,
  type ForeignKey,
  type Index,
  lookup,
  makeColumn,
  makeKey,
  type Namespace,
  type Schema,
  type Table,
  type Verbatim,
} from "../../../model/index.ts";
import type { EngineError, Fix, Statement } from "../../dialect.ts";
import { tokenName, tokens } from "../../kit/scanner.ts";
import { features } from "../features.ts";
import { identifier } from "../quote.ts";
import { LEXICAL } from "../splitter.ts";
import { types } from "../types.ts";
import { unlikePairs } from "./about.ts";
import rows from "./extensions.json" with { type: "json" };
import { missing, type Spoken, spokenOf } from "./missing.ts";

const EXTENSION_OF = new Map(rows.flatMap(({ name, gives }) => gives.map((what) => [what, name] as const)));

const alterColumn = (ownerId: Table["id"], before: Column, after: Column): Change => ({
  kind: "alter",
  entity: "column",
  ownerId,
  before,
  after,
});

/** A foreign key joins columns of different types: the referring one takes the type of the one it refers to. */
export function sameTypes(key: ForeignKey, schema: Schema): Fix | null {
  const pairs = unlikePairs(key, schema);
  const [first] = pairs;
  if (!first) return null;
  return {
    label: `Change to ${types.short(first.target.type)}`,
    changes: pairs.map(({ column, target }) => alterColumn(key.tableId, column, { ...column, type: target.type })),
  };
}

/** A foreign key refers to columns that no key holds together. */
export function addUnique(key: ForeignKey, schema: Schema): Fix | null {
  const table = lookup(schema).table(key.refTableId);
  if (!table) return null;
  const names = key.refColumns.map((id) => table.columns.find((column) => column.id === id)?.name ?? "");
  const id = `${table.id}:unique:${key.refColumns.join("+")}` as Table["constraints"][number]["id"];
  const after = makeKey({ id, kind: "unique", name: `${table.name}_${names.join("_")}_key`, columns: key.refColumns });
  return {
    label: `Make ${table.name}.${names.join(", ")} unique`,
    changes: [{ kind: "create", entity: "constraint", ownerId: table.id, after, at: null }],
  };
}

/** Something that an extension gives: the extension is added, and the name is written with the namespace it lies in. */
export function addExtension(error: EngineError, statement: Statement, ref: EntityRef | null, schema: Schema): Fix | null {
  const names = spokenOf(error, statement) ? [spokenOf(error, statement)?.name ?? ""] : (missing(error, statement) ?? []);
  const what = names.find((name) => EXTENSION_OF.has(name));
  const extension = EXTENSION_OF.get(what ?? "");
  if (what === undefined || extension === undefined) return null;
  const there = schema.verbatim.find(({ kind, name }) => kind === "extension" && name === extension);
  const namespace =
    /\bwith\s+schema\s+("[^"]+"|\w+)/i.exec(there?.definition ?? "")?.[1] ??
    identifier(spokenOf(error, statement)?.namespace ?? features.defaultNamespace);
  const qualified = qualify(ref, what, namespace, schema);
  if (there) return qualified.length === 0 ? null : { label: `Write ${namespace}.${what}`, changes: qualified };
  const after: Verbatim = {
    id: `extension:${extension}` as Verbatim["id"],
    kind: "extension",
    namespaceId: null,
    ownerId: null,
    name: extension,
    definition: `CREATE EXTENSION IF NOT EXISTS ${identifier(extension)} WITH SCHEMA ${namespace}`,
    comment: null,
    dependsOn: [],
  };
  const create: Change = { kind: "create", entity: "verbatim", ownerId: null, after, at: null };
  return { label: `Add the extension ${extension}`, changes: [create, ...qualified] };
}

/** The text with every bare use of a name qualified. */
function withNamespace(text: string, name: string, namespace: string): string {
  let out = "";
  let last = "";
  for (const token of tokens(text, LEXICAL)) {
    const word = token.kind === "word" ? tokenName(text, token) : "";
    out += (word.toLowerCase() === name && last !== "." ? `${namespace}.` : "") + text.slice(token.start, token.end);
    last = text.slice(token.start, token.end);
  }
  return out;
}

/** A design is run with an empty search path: what an extension gives is written with its namespace. */
function qualify(ref: EntityRef | null, name: string, namespace: string, schema: Schema): Change[] {
  const table = ref?.ownerId === undefined || ref.ownerId === null ? null : lookup(schema).table(ref.ownerId);
  if (!ref || !table) return [];
  const mend = (text: string): string => withNamespace(text, name, namespace);
  if (ref.entity === "column") {
    const before = table.columns.find(({ id }) => id === ref.id);
    if (!before) return [];
    const after = { ...before, type: mend(before.type), default: before.default === null ? null : mend(before.default) };
    return after.type === before.type && after.default === before.default ? [] : [alterColumn(table.id, before, after)];
  }
  const before = ref.entity === "index" ? table.indexes.find(({ id }) => id === ref.id) : undefined;
  if (!before) return [];
  const parts = before.parts.map((part) => ({
    ...part,
    opclass: part.opclass === null ? null : mend(part.opclass),
    expression: part.expression === null ? null : mend(part.expression),
  }));
  const after: Index = { ...before, parts };
  return JSON.stringify(after) === JSON.stringify(before)
    ? []
    : [{ kind: "alter", entity: "index", ownerId: table.id, before, after }];
}

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** A type that is not there: one of the design's that is named so elsewhere, a misspelt one of the engine's, or a new enum. */
export function knownType(spoken: Spoken, ref: EntityRef | null, schema: Schema): Fix | null {
  if (ref?.entity !== "column" || ref.ownerId === null) return null;
  const table = lookup(schema).table(ref.ownerId);
  const before = table?.columns.find(({ id }) => id === ref.id);
  if (!table || !before) return null;
  const parsed = types.parse(before.type);
  const become = (name: string): Fix => {
    const type = types.format({ ...parsed, name });
    return { label: `Change to ${types.short(type)}`, changes: [alterColumn(table.id, before, { ...before, type })] };
  };
  const [own, another] = schema.types.filter(({ name }) => name.toLowerCase() === spoken.name.toLowerCase());
  if (own && !another) return become(`${nameOf(own.namespaceId, schema)}.${identifier(own.name)}`);
  const near = spoken.namespace === null ? nearest(parsed.name) : null;
  return near === null ? addEnum(spoken, table, before, schema) : become(near);
}

const nameOf = (id: Namespace["id"], schema: Schema): string => identifier(lookup(schema).namespace(id)?.name ?? "");

/** The only type of the engine's that is at most two letters away. */
function nearest(name: string): string | null {
  const [best, second] = types.common
    .map((known) => ({ known, steps: Math.min(distance(name, known), distance(name, types.short(known))) }))
    .sort((one, other) => one.steps - other.steps);
  return !best || best.steps > 2 || best.steps === second?.steps ? null : best.known;
}

/** An enum of that name, with the column's default as its value. */
function addEnum(spoken: Spoken, table: Table, before: Column, schema: Schema): Fix | null {
  const namespace = schema.namespaces.find(({ name }) => name === (spoken.namespace ?? features.defaultNamespace));
  const value = /^'((?:[^']|'')*)'/.exec(before.default ?? "")?.[1]?.replaceAll("''", "'");
  const parsed = types.parse(before.type);
  if (!namespace || parsed.args.length > 0 || (before.default !== null && value === undefined)) return null;
  const after: EnumType = {
    id: `type:${namespace.id}.${spoken.name}` as EnumType["id"],
    kind: "enum",
    namespaceId: namespace.id,
    name: spoken.name,
    values: value === undefined || parsed.array > 0 ? [] : [value],
    comment: null,
    dependsOn: [],
  };
  const qualified = `${identifier(namespace.name)}.${identifier(spoken.name)}`;
  const type = qualified + "[]".repeat(parsed.array);
  const text = value === undefined ? null : `'${value.replaceAll("'", "''")}'::${type}`;
  return {
    label: `Add the enum ${spoken.name}`,
    changes: [
      { kind: "create", entity: "type", ownerId: null, after, at: null },
      alterColumn(table.id, before, { ...before, type, default: text }),
    ],
  };
}

export function addNamespace({ namespace, name }: Spoken, schema: Schema): Fix | null {
  const wanted = namespace ?? name;
  if (schema.namespaces.some((known) => known.name === wanted)) return null;
  const after: Namespace = { id: `namespace:${wanted}` as Namespace["id"], name: wanted, comment: null };
  return {
    label: `Add the schema ${wanted}`,
    changes: [{ kind: "create", entity: "namespace", ownerId: null, after, at: null }],
  };
}

/** A view reads a column that its only table lacks: whatever its type, the view can be made with it. */
export function addColumn(spoken: Spoken, ref: EntityRef | null, schema: Schema): Fix | null {
  const view = ref?.entity === "view" ? schema.views.find(({ id }) => id === ref.id) : undefined;
  if (!view) return null;
  const words = new Set(
    [...tokens(view.definition, LEXICAL)].flatMap((token) =>
      token.kind === "word" || token.kind === "quoted" ? [tokenName(view.definition, token)] : [],
    ),
  );
  const relations = [...schema.tables, ...schema.views].filter(({ id, name }) => id !== view.id && words.has(name));
  const [table] = relations.length === 1 ? schema.tables.filter(({ id }) => id === relations[0]?.id) : [];
  if (!table || table.partitionOf || table.inherits.length > 0) return null;
  const id = `${table.id}:column:${spoken.name}` as Column["id"];
  return {
    label: `Add the column ${table.name}.${spoken.name}`,
    changes: [
      {
        kind: "create",
        entity: "column",
        ownerId: table.id,
        after: makeColumn({ id, name: spoken.name, type: "text" }),
        at: null,
      },
    ],
  };
}
