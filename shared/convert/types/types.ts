/**
 * Types by names of no dialect: what a type of one dialect is called (`names.json`), and which types stand for it elsewhere
 * (`writes.json`): the first that the other dialect knows, with what is lost by it. `$` stands for the arguments.
 */
import type { ParsedType, TypeKind, TypeSystem } from "../../dialects/dialect.ts";
import type { LossKey } from "../losses.ts";
import names from "./names.json" with { type: "json" };
import writes from "./writes.json" with { type: "json" };

type Candidate = string | readonly [type: string, loss: LossKey];

const NAMES: Readonly<Record<string, string>> = names;
const WRITES = writes as unknown as Readonly<Record<string, readonly Candidate[]>>;

export interface Neutral {
  readonly name: string;
  readonly args: readonly string[];
}

export interface TypeFound {
  readonly type: string;
  readonly loss: LossKey | null;
}

/** What stands for a word that is no type of ours, by the kind it is of. */
const BY_KIND: Readonly<Partial<Record<TypeKind, string>>> = {
  integer: "int64",
  decimal: "decimal",
  float: "float64",
  boolean: "boolean",
  text: "text",
  binary: "bytes",
  date: "date",
  time: "time",
  timestamp: "timestamp",
  interval: "interval",
  uuid: "uuid",
  json: "json",
  xml: "xml",
  network: "inet",
  geometry: "geometry",
  bits: "bits",
  money: "money",
};

/** Types that are another one where they have no arguments. */
const BARE: Readonly<Record<string, string>> = { decimal: "number", varchar: "text", varbinary: "bytes", varbits: "text" };

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** A type by its name of no dialect. `digits`: what a time keeps where its type does not say. */
export function neutral({ name, args, array, kind }: ParsedType, digits = 0): Neutral {
  if (array > 0) return { name: "array", args: [] };
  if (kind === "boolean") return { name: "boolean", args: [] };
  const plain = name.replace(/ zerofill$/, "");
  const signed = plain.replace(/ unsigned$/, "");
  const find = (word: string): string | undefined => own(NAMES, word) ?? own(NAMES, word.toLowerCase());
  const found = find(plain) ?? find(signed) ?? BY_KIND[kind] ?? "other";
  if (found === "boolean" || args.length > 0) return { name: found, args };
  if (digits > 0 && /^(time|stamp)/.test(found)) return { name: found, args: [String(digits)] };
  return { name: BARE[found] ?? found, args };
}

/** Does the dialect take the text for what it says, and not for a narrower type? */
function takes(types: TypeSystem, text: string): boolean {
  if (!types.knows(text)) return false;
  const { kind, args } = types.parse(text);
  return kind !== "decimal" || args.length > 0 || types.parse(types.canonical(text)).args.length === 0;
}

/** The type of a dialect that stands for another one; the last of the candidates where it knows none of them. */
export function typeIn(types: TypeSystem, { name, args }: Neutral): TypeFound {
  const candidates = WRITES[name] ?? WRITES["other"] ?? [];
  const made = candidates.map((candidate): TypeFound => {
    const [text, loss] = typeof candidate === "string" ? [candidate, null] : candidate;
    const list = args.length > 0 ? `(${args.join(",")})` : "";
    return { type: text.replace("($)", list), loss };
  });
  const found = made.find(({ type }) => takes(types, type)) ?? made.at(-1) ?? { type: "text", loss: "types" };
  return { ...found, type: asUsual(types, types.canonical(found.type)) };
}

/** In the capitals that the dialect's own list has it in: SQLite keeps a type as it is written. */
function asUsual(types: TypeSystem, type: string): string {
  const name = (text: string): string => text.split("(")[0] ?? text;
  const usual = types.common.map(name).find((text) => text.toLowerCase() === name(type).toLowerCase());
  return usual === undefined ? type : usual + type.slice(name(type).length);
}

/** Do two dialects have the same types, as two servers of one family do? Then a type stays what it is. */
export function sameTypes(from: TypeSystem, to: TypeSystem): boolean {
  const alike = from.common.filter((text) => {
    const [a, b] = [from.parse(text), to.parse(text)];
    return to.knows(text) && a.name === b.name && a.kind === b.kind;
  });
  return alike.length >= from.common.length * 0.9;
}
