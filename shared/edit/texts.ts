/** The texts of a design that speak of tables and columns: views, and what is kept word for word. */
import type { Dialect, Mention, Relations, TextOwner } from "../dialects/dialect.ts";
import { type Change, lookup, type Schema, type Verbatim, type View } from "../model/index.ts";

/** A view or verbatim object, and its text. */
export type Written = { readonly entity: "view"; readonly item: View } | { readonly entity: "verbatim"; readonly item: Verbatim };

/** Tables and views as texts name them. An id means itself. */
export function relationsOf(schema: Schema, { texts, features }: Dialect): Relations {
  const find = lookup(schema);
  const byName = new Map<string, string>();
  const byBareName = new Map<string, string>();
  const columns = new Map<string, ReadonlySet<string>>();
  const usual = texts.key(features.defaultNamespace);
  for (const relation of [...schema.views, ...schema.tables]) {
    const namespace = texts.key(find.namespace(relation.namespaceId)?.name ?? "");
    const name = texts.key(relation.name);
    byName.set(`${namespace}\0${name}`, relation.id);
    if (namespace === usual || !byBareName.has(name)) byBareName.set(name, relation.id);
  }
  return {
    find: (namespace, name) => (namespace === null ? byBareName.get(name) : byName.get(`${namespace}\0${name}`)) ?? null,
    columns: (id) => {
      const known = columns.get(id);
      if (known) return known;
      const relation = find.table(id as View["id"]) ?? find.view(id as View["id"]);
      const made = new Set((relation?.columns ?? []).map(({ name }) => texts.key(name)));
      columns.set(id, made);
      return made;
    },
  };
}

function ownerOf(schema: Schema, { item, entity }: Written, { texts }: Dialect): TextOwner | null {
  if (entity === "view" || item.ownerId === null) return null;
  const owner = lookup(schema).table(item.ownerId) ?? lookup(schema).view(item.ownerId);
  return owner ? { relation: owner.id, name: texts.key(owner.name) } : null;
}

/** All texts of a design. */
export const writtenIn = (schema: Schema): readonly Written[] => [
  ...schema.views.map((item) => ({ entity: "view", item }) as const),
  ...schema.verbatim.map((item) => ({ entity: "verbatim", item }) as const),
];

/** Reads the texts in which the name stands: the mentions in each, in order. */
export function mentionsOf(
  schema: Schema,
  name: string,
  dialect: Dialect,
): readonly { readonly written: Written; readonly mentions: readonly Mention[] }[] {
  const wanted = name.toLowerCase();
  let relations: Relations | null = null;
  return writtenIn(schema).flatMap((written) => {
    if (!written.item.definition.toLowerCase().includes(wanted)) return [];
    relations ??= relationsOf(schema, dialect);
    return [{ written, mentions: dialect.texts.mentions(written.item.definition, relations, ownerOf(schema, written, dialect)) }];
  });
}

/** A stretch of a text and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with its edits made; they are in order and do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let out = "";
  let last = 0;
  for (const edit of edits) {
    out += text.slice(last, edit.start) + edit.text;
    last = edit.end;
  }
  return out + text.slice(last);
}

/** The change that gives a view or object another text. */
export function rewritten({ entity, item }: Written, definition: string, patch: { readonly name?: string } = {}): Change {
  const before = item;
  return { kind: "alter", entity, ownerId: null, before, after: { ...before, ...patch, definition } } as Change;
}
