/**
 * New names for tables, views and columns, wherever the design speaks of them: as an engine that is told to rename does it in its
 * catalogue. A query's output columns keep their names, so that what draws from it is not disturbed.
 */
import type { Dialect, Mention } from "../dialects/dialect.ts";
import {
  altered,
  type Change,
  type Column,
  lookup,
  type NamespaceId,
  type Schema,
  type Sequence,
  type Table,
  type View,
} from "../model/index.ts";
import { inGenerated, inParts, type Rewrite } from "./everywhere.ts";
import { type Edit, edited, mentionsOf, relationsOf, rewritten } from "./texts.ts";

/** The tables that have a column from its table: partitions and heirs, and theirs. */
function heirs(schema: Schema, table: Table, name: string): readonly { readonly table: Table; readonly column: Column }[] {
  return schema.tables
    .filter(({ partitionOf, inherits }) => partitionOf?.tableId === table.id || inherits.includes(table.id))
    .flatMap((heir) => {
      const column = heir.columns.find((one) => one.name === name);
      return column ? [{ table: heir, column }, ...heirs(schema, heir, name)] : [];
    });
}

/** A column's new name; the same name in its heirs, in what these tables say of their columns, and in every text. */
export function renameColumn(schema: Schema, table: Table, before: Column, name: string, dialect: Dialect): Change[] {
  if (name === before.name) return [];
  const expression: Rewrite = (text) => dialect.renameInExpression(text, before.name, name);
  const all = new Map(
    [{ table, column: before }, ...heirs(schema, table, before.name)].map((one) => [one.table.id as string, one]),
  );
  const changes = [...all.values()].flatMap((one) => [
    altered("column", one.table.id, one.column, { ...one.column, name } as Column),
    ...inParts(one.table, {
      expression,
      column: (column) => (column.id === one.column.id ? column : inGenerated(column, expression)),
    }),
  ]);
  const { quote, texts } = dialect;
  const from = texts.key(before.name);
  for (const { written, mentions } of mentionsOf(schema, before.name, dialect)) {
    const edits = mentions.flatMap(({ start, end, relation, column, as }): Edit[] => {
      if (column !== from || !all.has(relation) || as === "shared") return [];
      const said = as === "item" ? ` AS ${quote.identifier(before.name)}` : "";
      return [{ start, end, text: quote.identifier(name) + said }];
    });
    if (edits.length > 0) changes.push(rewritten(written, edited(written.item.definition, edits)));
  }
  return changes;
}

interface Placed {
  readonly name: string;
  readonly namespace: string;
  readonly moved: boolean;
}

/** The relation's name as a text mentions it, made new. Where it qualifies a column, the namespace is said only if it was. */
function relationEdits(mentions: readonly Mention[], id: string, next: Placed, { quote }: Dialect): Edit[] {
  return mentions.flatMap(({ relation, column, namespace, as, start, end }): Edit[] => {
    if (relation !== id || column !== null) return [];
    const name = quote.identifier(next.name);
    const whole = next.moved && (namespace !== null || as !== "qualifier");
    if (!whole) return [{ start, end, text: name }];
    return [{ start: namespace?.start ?? start, end, text: `${quote.identifier(next.namespace)}.${name}` }];
  });
}

function inTexts(schema: Schema, before: Table | View, next: Placed, dialect: Dialect): Change[] {
  return mentionsOf(schema, before.name, dialect).flatMap(({ written, mentions }) => {
    const { item } = written;
    const edits = relationEdits(mentions, before.id, next, dialect);
    if (edits.length === 0 || item.id === before.id) return [];
    // Grants are called after what they are about: `table public.film`.
    const isGrant = written.entity === "verbatim" && written.item.kind === "grant";
    const said = isGrant ? dialect.texts.mentions(item.name, relationsOf(schema, dialect), null) : [];
    const name = edited(item.name, relationEdits(said, before.id, next, dialect));
    return [rewritten(written, edited(item.definition, edits), { name })];
  });
}

interface Renaming {
  readonly name?: string;
  readonly namespaceId?: NamespaceId;
}

/** A table's or view's new name or namespace, and the same in every text; the sequences that a table owns move with it. */
export function renameRelation(schema: Schema, before: Table | View, to: Renaming, dialect: Dialect): Change[] {
  const after = { ...before, ...to };
  const moved = after.namespaceId !== before.namespaceId;
  if (after.name === before.name && !moved) return [];
  const entity = "constraints" in before ? "table" : "view";
  const next = { name: after.name, namespace: lookup(schema).namespace(after.namespaceId)?.name ?? "", moved };
  const owned = moved ? schema.sequences.filter(({ ownedBy }) => ownedBy?.tableId === before.id) : [];
  return [
    altered(entity, null, before, after),
    ...owned.flatMap((sequence) => renameSequence(schema, sequence, { namespaceId: after.namespaceId }, dialect)),
    ...inTexts(schema, before, next, dialect),
  ];
}

/** A sequence's new name or namespace, and the same in the defaults that draw from it. */
export function renameSequence(schema: Schema, before: Sequence, to: Renaming, dialect: Dialect): Change[] {
  const after = { ...before, ...to };
  const { identifier, literal } = dialect.quote;
  const spelt = ({ name, namespaceId }: Sequence): string =>
    `${identifier(lookup(schema).namespace(namespaceId)?.name ?? "")}.${identifier(name)}`;
  const forms = [
    [literal(spelt(before)), literal(spelt(after))],
    [literal(identifier(before.name)), literal(spelt(after))],
  ] as const;
  const changes: Change[] = [altered("sequence", null, before, after)];
  for (const table of schema.tables)
    for (const column of table.columns) {
      const said = column.default;
      if (said === null) continue;
      const now = forms.reduce((text, [from, into]) => text.split(from).join(into), said);
      if (now !== said) changes.push(altered("column", table.id, column, { ...column, default: now } as Column));
    }
  return changes;
}
