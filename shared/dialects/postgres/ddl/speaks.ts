/** Which names a text speaks of, and which type a column's type is. */
import type { Index, Table, TypeId, UserType } from "../../../model/index.ts";
import { texts } from "../splitter.ts";
import { types } from "../types.ts";
import type { Names } from "./names.ts";

/** Does a text say one of the names? One that it says of something else counts as well: what is made again once too often is no harm. */
export function speaks(text: string | null, names: ReadonlySet<string>): boolean {
  const lower = text?.toLowerCase() ?? "";
  if (text === null || ![...names].some((name) => lower.includes(name.replaceAll('"', '""').toLowerCase()))) return false;
  return texts.tokens(text).some(({ key }) => key !== null && names.has(key));
}

/** Is an index over what these names say, rather than over a column as it is? */
export const indexSpeaks = (index: Index, names: ReadonlySet<string>): boolean =>
  speaks(index.where, names) || index.parts.some(({ expression }) => speaks(expression, names));

export interface TypeRef {
  readonly id: TypeId;
  readonly array: boolean;
}

interface TypeName {
  readonly namespace: string | null;
  readonly name: string;
  readonly array: boolean;
}

/** `app."Mood"[]` -> its parts; null for what is no name, as `numeric(4,2)`. */
function typeName(text: string): TypeName | null {
  const tokens = texts.tokens(text);
  const names = tokens.flatMap(({ key }) => key ?? []);
  const array = tokens.some(({ word }) => word === "[");
  const marks = tokens.filter(({ key, word }) => key === null && word !== "[" && word !== "]");
  const [first, second] = names;
  if (first === undefined || names.length > 2 || marks.length !== names.length - 1 || marks.some(({ word }) => word !== "."))
    return null;
  return second === undefined ? { namespace: null, name: first, array } : { namespace: first, name: second, array };
}

/** The type of the schema that a column's type means; null for any other. */
export function typeRef(text: string, { schema, lookup }: Names): TypeRef | null {
  if (schema.types.length === 0) return null;
  const said = typeName(text);
  if (said?.namespace === null && types.knows(said.name)) return null;
  const type = said && schema.types.find((one) => isCalled(one, said, lookup));
  return type ? { id: type.id, array: said.array } : null;
}

/** The table whose rows a column holds. */
export function rowsOf(text: string, { schema, lookup }: Names): Table | null {
  const said = typeName(text);
  return (said && schema.tables.find((one) => isCalled(one, said, lookup))) ?? null;
}

function isCalled(one: Pick<UserType, "name" | "namespaceId">, { namespace, name }: TypeName, lookup: Names["lookup"]): boolean {
  return one.name === name && (namespace === null || lookup.namespace(one.namespaceId)?.name === namespace);
}
