/** Names of a design, as they are offered where a text is typed. */
import { type Completion, snippet } from "@codemirror/autocomplete";
import type { Text } from "@codemirror/state";
import type { Dialect } from "#shared/dialects/dialect.ts";
import type { Schema, Table } from "#shared/model/index.ts";
import type { Block } from "./blocks.ts";
import { aliased } from "./places.ts";

export interface Design {
  readonly schema: () => Schema;
  readonly dialect: Dialect;
}

export const quoted = (name: string, always = false): string =>
  !always && /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;

/** As they were given, the first first: lists are sorted by their letters else. */
const inOrder = (list: readonly Completion[]): Completion[] => list.map((one, at) => ({ ...one, boost: -Math.min(at, 99) }));

/** Words in the order of their use; where one ends in quotes the cursor comes to stand between them. */
export function words(labels: readonly string[], type: string): Completion[] {
  const list = labels.map((label): Completion => {
    const quotes = /(?:''|``)$/.exec(label);
    if (!quotes) return { label, type };
    return { label, type, apply: snippet(`${label.slice(0, quotes.index + 1)}\${}${label.slice(quotes.index + 1)}`) };
  });
  return inOrder(list);
}

/** Where something is to be completed. */
export interface Place {
  readonly design: Design;
  readonly doc: Text;
  /** The line up to what is being typed. */
  readonly lead: string;
  /** A name is begun in quotes. */
  readonly inQuotes: boolean;
  readonly block: Block | null;
}

/** Empty for the usual one, which is not said. */
export function namespaceOf({ schema, dialect }: Design, id: string): string {
  const name = schema().namespaces.find((one) => one.id === id)?.name ?? "";
  return name === dialect.features.defaultNamespace ? "" : name;
}

export const qualified = ({ design, inQuotes }: Place, item: { readonly name: string; readonly namespaceId: string }): string => {
  const namespace = namespaceOf(design, item.namespaceId);
  return `${namespace === "" ? "" : `${quoted(namespace, inQuotes)}.`}${quoted(item.name, inQuotes)}`;
};

export function tables(place: Place): Completion[] {
  return place.design.schema().tables.map((table) => ({ label: qualified(place, table), type: "class" }));
}

export const columns = ({ inQuotes }: Place, table: Table | null): Completion[] =>
  inOrder(table?.columns.map(({ name, type }) => ({ label: quoted(name, inQuotes), detail: type, type: "property" })) ?? []);

/** The table that is meant by these names: its own, behind its namespace's or not, or what the text calls it besides. */
export function tableNamed(
  { design, doc }: { readonly design: Design; readonly doc: Text | null },
  written: readonly string[],
): Table | null {
  const { defaultNamespace } = design.dialect.features;
  const find = (parts: readonly string[]): Table | undefined => {
    const namespace = parts.length > 1 ? parts.slice(0, -1).join(".") : defaultNamespace;
    const named = design.schema().tables.filter(({ name }) => name === parts.at(-1));
    const own = named.find(({ namespaceId }) => (namespaceOf(design, namespaceId) || defaultNamespace) === namespace);
    return own ?? (parts.length === 1 ? named[0] : undefined);
  };
  const found = find(written);
  if (found) return found;
  const other = doc && written.length === 1 ? aliased(doc, written[0] ?? "") : null;
  return (other && find(other.parts)) ?? null;
}

/** The table around, as the design has it. */
export const ownTable = (place: Place): Table | null => (place.block?.head ? tableNamed(place, place.block.head.parts) : null);

/** Values of an enum. */
export function valuesOf({ design }: Place, name: string): readonly string[] {
  const type = design.schema().types.find((one) => one.kind === "enum" && one.name === name);
  return type?.kind === "enum" ? type.values : [];
}
