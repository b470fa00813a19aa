/** New names for types and for the values of enums, wherever the design speaks of them. */
import type { Dialect, NameToken } from "../dialects/dialect.ts";
import { altered, type Change, type EnumType, lookup, type Schema, type UserType } from "../model/index.ts";
import { everywhere, type Rewrite } from "./everywhere.ts";
import { type Edit, edited } from "./texts.ts";
import { bare, spellings } from "./types.ts";

/** Finds a type's name in tokens: with its namespace before it, or where a cast has it. */
class TypeNames {
  readonly #name: string;
  readonly #namespace: string;

  constructor(schema: Schema, type: UserType, { texts }: Dialect) {
    this.#name = texts.key(type.name);
    this.#namespace = texts.key(lookup(schema).namespace(type.namespaceId)?.name ?? "");
  }

  /** Does a mention of the type begin at this token? Gives the token of its name. */
  at(tokens: readonly NameToken[], at: number): NameToken | null {
    const [first, point, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (!first || tokens[at - 1]?.word === ".") return null;
    if (first.key === this.#namespace && point?.word === "." && second?.key === this.#name)
      return tokens[at + 3]?.word === "." || tokens[at + 3]?.word === "(" ? null : second;
    const cast = tokens[at - 1]?.word === ":" && tokens[at - 2]?.word === ":";
    return first.key === this.#name && point?.word !== "." && cast ? first : null;
  }
}

/** A type's new name, in the types of columns and fields as well, in casts, and in every definition. */
export function renameType(schema: Schema, before: UserType, name: string, dialect: Dialect): Change[] {
  if (name === before.name) return [];
  const { identifier } = dialect.quote;
  const names = new TypeNames(schema, before, dialect);
  const expression: Rewrite = (text) => {
    const tokens = dialect.texts.tokens(text);
    const edits = tokens.flatMap((_, at): Edit[] => {
      const found = names.at(tokens, at);
      return found ? [{ start: found.start, end: found.end, text: identifier(name) }] : [];
    });
    return edited(text, edits);
  };
  const written = spellings(schema, before, dialect);
  const namespace = lookup(schema).namespace(before.namespaceId)?.name ?? "";
  const typeName: Rewrite = (text) => {
    const old = bare(text);
    if (!written.has(old)) return text;
    return `${old.includes(".") ? `${identifier(namespace)}.` : ""}${identifier(name)}${text.slice(old.length)}`;
  };
  return [
    altered("type", null, before, { ...before, name } as UserType),
    ...everywhere(schema, before, { expression, typeName }),
  ];
}

/** Another word for an enum's value, in the defaults, checks and definitions that say it as well. Nothing where the word is taken. */
export function renameValue(schema: Schema, before: EnumType, at: number, value: string, dialect: Dialect): Change[] {
  const old = before.values[at];
  if (old === undefined || before.values.includes(value)) return [];
  const { literal } = dialect.quote;
  const names = new TypeNames(schema, before, dialect);
  const [from, to] = [literal(old).trim(), literal(value).trim()];
  const expression: Rewrite = (text) => {
    const tokens = dialect.texts.tokens(text);
    const edits = tokens.flatMap(({ start, end, key }, place): Edit[] => {
      const cast = tokens[place + 1]?.word === ":" && tokens[place + 2]?.word === ":" && names.at(tokens, place + 3) !== null;
      return key === null && cast && text.slice(start, end) === from ? [{ start, end, text: to }] : [];
    });
    return edited(text, edits);
  };
  const written = spellings(schema, before, dialect);
  const values = before.values.map((said, place) => (place === at ? value : said));
  // A default that a person typed may say the value alone.
  const plain = schema.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      written.has(column.type) && column.default?.trim() === from
        ? [altered("column", table.id, column, { ...column, default: to } as typeof column)]
        : [],
    ),
  );
  return [
    altered("type", null, before, { ...before, values } as EnumType),
    ...everywhere(schema, before, { expression, typeName: (text) => text }),
    ...plain,
  ];
}
