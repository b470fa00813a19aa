/** Queries and what they draw from: the scopes in which names are looked up. */
import type { Mention, NameToken, Relations, ResultColumn, TextOwner } from "../../dialect.ts";

/** One item of a select list: the last name in it, and all of it where it is a column as it stands. */
export interface Item {
  readonly last: NameToken;
  readonly whole: Reference | null;
}

/** One thing in a FROM clause, or the target of an INSERT, UPDATE or trigger. */
export interface Source {
  /** What columns are qualified with; null for none. */
  readonly alias: string | null;
  /** The alias was written: the relation's own name is then not in use. */
  readonly renamed: boolean;
  readonly relation: string | null;
  readonly inner: Query | null;
}

export interface Query {
  readonly parent: Query | null;
  readonly sources: Source[];
  /** Names of the output columns; `*` among them for all. */
  readonly outputs: string[];
  /** Those of them that are a column as it is, under its own name. */
  readonly plain: Set<string>;
  /** Its result is put together with that of others, and known by its own names alone. */
  combined: boolean;
  readonly named: Map<string, Query>;
  /** What is selected, in order. */
  readonly items: Item[];
}

export const newQuery = (parent: Query | null, named = new Map<string, Query>()): Query => ({
  parent,
  sources: [],
  outputs: [],
  plain: new Set(),
  combined: false,
  named,
  items: [],
});

/** What all of a text stands in. Columns of the relation that it hangs on may stand unqualified, and as NEW and OLD. */
export function rootQuery(owner: TextOwner | null): Query {
  const root = newQuery(null);
  if (!owner) return root;
  const of = { relation: owner.relation, inner: null };
  root.sources.push({ ...of, alias: owner.name, renamed: false });
  for (const alias of ["new", "old"]) root.sources.push({ ...of, alias, renamed: true });
  return root;
}

/** A query that WITH gave a name, here or further out. */
export function namedQuery(from: Query, name: string): Query | null {
  for (let query: Query | null = from; query; query = query.parent) {
    const found = query.named.get(name);
    if (found) return found;
  }
  return null;
}

/** A name, or names with points between them, where a column may stand. */
export interface Reference {
  readonly parts: readonly NameToken[];
  readonly query: Query;
  /** `star`: a qualifier with `*` behind it. */
  readonly place: "item" | "shared" | "order" | "star" | "plain";
}

/** The relation whose column this is when it is read from here; `hidden` when something else has the name. */
function owner(query: Query, column: string, relations: Relations, seen = new Set<Query>()): string | "hidden" | null {
  // WITH RECURSIVE may draw from itself.
  if (seen.has(query)) return null;
  seen.add(query);
  for (const { relation, inner } of query.sources) {
    if (relation !== null && relations.columns(relation).has(column)) return relation;
    if (!inner) continue;
    if (inner.outputs.includes("*")) {
      const through = owner(inner, column, relations, seen);
      if (through !== null) return through;
    }
    if (inner.outputs.includes(column)) return "hidden";
  }
  return null;
}

function mention(token: NameToken, relation: string, column: string | null, as: Mention["as"] = "plain"): Mention {
  return { start: token.start, end: token.end, relation, column, namespace: null, as };
}

/** ORDER BY looks at the names of the result first. */
const ofResult = ({ outputs, plain, combined }: Query, column: string): boolean =>
  outputs.includes(column) && (combined || !plain.has(column));

const saidAs = ({ place }: Reference): Mention["as"] => (place === "item" || place === "shared" ? place : "plain");

function unqualified(token: NameToken, reference: Reference, relations: Relations): Mention[] {
  const column = token.key ?? "";
  if (reference.place === "order" && ofResult(reference.query, column)) return [];
  for (let query: Query | null = reference.query; query; query = query.parent) {
    const found = owner(query, column, relations);
    if (found === "hidden") return [];
    if (found !== null) return [mention(token, found, column, saidAs(reference))];
  }
  return [];
}

/** `token` is null for `*`. */
function qualified(qualifier: NameToken, token: NameToken | null, reference: Reference, relations: Relations): Mention[] {
  for (let query: Query | null = reference.query; query; query = query.parent) {
    const source = query.sources.find(({ alias }) => alias === qualifier.key);
    if (!source) continue;
    const column = token?.key ?? "";
    const relation = source.relation ?? (source.inner?.outputs.includes("*") ? owner(source.inner, column, relations) : null);
    if (relation === null || relation === "hidden") return [];
    const itself = source.renamed || source.relation === null ? [] : [mention(qualifier, relation, null, "qualifier")];
    return token ? [...itself, mention(token, relation, column, saidAs(reference))] : itself;
  }
  return [];
}

/** What a reference means: nothing, a column, or a relation and its column. */
export function resolve(reference: Reference, relations: Relations): Mention[] {
  const [first, second, third] = reference.parts;
  const star = reference.place === "star";
  if (!first) return [];
  if (!second) return star ? qualified(first, null, reference, relations) : unqualified(first, reference, relations);
  if (!third && !star) return qualified(first, second, reference, relations);
  const relation = relations.find(first.key, second.key ?? "");
  if (relation === null) return [];
  const itself = { ...mention(second, relation, null, "qualifier"), namespace: { start: first.start, end: first.end } };
  return third ? [itself, mention(third, relation, third.key, saidAs(reference))] : [itself];
}

const ofRelation = (relation: string, relations: Relations): ResultColumn[] =>
  [...relations.columns(relation)].map((name) => ({ name, relation, column: name }));

function ofSource({ relation, inner }: Source, text: string, relations: Relations, seen: ReadonlySet<Query>): ResultColumn[] {
  if (relation !== null) return ofRelation(relation, relations);
  return inner && !seen.has(inner) ? resultOf(inner, text, relations, seen) : [];
}

/** A name as it is written, without its quotes. */
function written({ start, end }: NameToken, text: string): string {
  const raw = text.slice(start, end);
  const close = raw.at(-1) ?? "";
  return /^["`[]/.test(raw) ? raw.slice(1, -1).replaceAll(close + close, close) : raw;
}

/** The columns that a query gives. `*` is all of what it draws from, or of one thing where that is said. */
export function resultOf(
  query: Query,
  text: string,
  relations: Relations,
  above: ReadonlySet<Query> = new Set(),
): ResultColumn[] {
  const seen = new Set([...above, query]);
  return query.items.flatMap(({ last, whole }): ResultColumn[] => {
    if (last.word === "*") {
      const of = whole?.parts.at(-1)?.key ?? null;
      const sources = query.sources.filter(({ alias }) => of === null || alias === of);
      return sources.flatMap((source) => ofSource(source, text, relations, seen));
    }
    const column = whole && resolve(whole, relations).find((one) => one.column !== null);
    return [
      {
        name: last.key === last.word ? last.word : written(last, text),
        relation: column?.relation ?? null,
        column: column?.column ?? null,
      },
    ];
  });
}
