/** Names as another dialect takes them: none too long, none twice where it may be there once only. */
import type { NamespaceId, Schema, Table } from "../model/index.ts";
import type { Context } from "./context.ts";

const encoder = (c: string): number => {
  const code = c.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** The beginning of a name that is not longer than so many bytes. */
function cut(name: string, most: number): string {
  let bytes = 0;
  let out = "";
  for (const c of name) {
    bytes += encoder(c);
    if (bytes > most) return out;
    out += c;
  }
  return out;
}

export class Names {
  readonly #context: Context;
  readonly #taken = new Map<string, Set<string>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** `name`, or the first name like it that is free in the scope and short enough; takes it. */
  take(scope: string, name: string, before = ""): string {
    const { to } = this.#context;
    const most = to.features.maxIdentifierBytes;
    let taken = this.#taken.get(scope);
    if (!taken) this.#taken.set(scope, (taken = new Set()));
    const isFree = (wanted: string): boolean => !taken.has(to.texts.key(wanted));
    let found = cut(name, most);
    if (!isFree(found) && before !== "") found = cut(`${before}_${name}`, most);
    for (let number = 2; !isFree(found); number += 1) {
      const suffix = `_${String(number)}`;
      found = cut(name, most - suffix.length) + suffix;
    }
    taken.add(to.texts.key(found));
    return found;
  }

  /** As `take`; a name that had to change is counted. */
  kept(scope: string, name: string, before = ""): string {
    const found = this.take(scope, name, before);
    this.#context.tally.when(found !== name, "names");
    return found;
  }
}

/** The namespaces of the converted design, and where each of the old ones went. */
export function placeNamespaces({ schema, from, to, toWords, tally }: Context): {
  readonly namespaces: Schema["namespaces"];
  readonly home: (id: NamespaceId) => NamespaceId;
} {
  const { defaultNamespace: usual } = from.features;
  const { defaultNamespace: other, namespaces: many, systemNamespaces } = to.features;
  const told = toWords.comments.includes("namespace");
  if (many) {
    const { given } = toWords;
    const used = new Set<string>(schema.tables.map(({ namespaceId }) => namespaceId));
    for (const { namespaceId } of schema.views) used.add(namespaceId);
    // An empty default namespace is there where every database has it, and nowhere else.
    const there = schema.namespaces.filter(({ id, name }) => name !== usual || given !== null || used.has(id));
    // Where no namespace is there by itself, the default one is the only one, or has a name as the others have.
    const alone = given !== null || there.length < 2;
    const called = (name: string): string => {
      if (name === usual && alone) return other;
      return systemNamespaces.includes(name) ? `${name}_` : name;
    };
    const kept = there.map((item) => ({ ...item, name: called(item.name), comment: told ? item.comment : null }));
    tally.count("comments", told ? 0 : there.filter(({ comment }) => comment !== null).length);
    const missing = given !== null && kept.every(({ name }) => name !== given);
    const added = missing ? [{ id: `namespace:${given}` as NamespaceId, name: given, comment: null }] : [];
    return { namespaces: [...added, ...kept], home: (id) => id };
  }
  const [first] = [schema.namespaces.find(({ name }) => name === usual) ?? schema.namespaces[0]];
  const home = first ?? { id: "namespace:default" as NamespaceId, name: other, comment: null };
  tally.count("namespaces", Math.max(0, schema.namespaces.length - 1));
  return { namespaces: [{ id: home.id, name: other, comment: null }], home: () => home.id };
}

/** What a name goes by in the list of those of a namespace. */
export const inNamespace = (id: NamespaceId): string => `namespace ${id}`;
export const inTable = (table: Table, kind: string): string => `${kind} ${table.id}`;
