/** Defaults, between Prisma's words and SQL: what a reader makes of a word is what a writer writes it for. */
import type { Dialect } from "../../dialects/dialect.ts";
import { familyOf } from "../kit/family.ts";
import { valueOf } from "../kit/values.ts";
import { quoted } from "./text/strings.ts";
import type { Scalar } from "./types.ts";

export type Constant =
  | { readonly kind: "string" | "number" | "generated"; readonly text: string }
  /** A value of an enum, as the database has it. */
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "now" }
  | { readonly kind: "list"; readonly items: readonly Constant[] };

/** The column that a default is for. */
export interface Receiver {
  /** Null: an enum, or a type that Prisma does not know. */
  readonly scalar: Scalar | null;
  readonly native: string | null;
  /** As the engine prints it, without brackets. */
  readonly type: string;
  readonly list: boolean;
  /** The values of its enum; null where it is of none. */
  readonly values: readonly string[] | null;
}

/** The name of a type as PostgreSQL prints it behind a constant. */
function castName(type: string, { types }: Dialect): string {
  const { name, kind } = types.parse(type);
  if (kind === "other") return type;
  return name === "character" ? "bpchar" : name;
}

function numberSql(text: string, dialect: Dialect): string {
  if (familyOf(dialect) !== "postgres" || !text.startsWith("-")) return text;
  return `'${text}'::${text.includes(".") ? "numeric" : "integer"}`;
}

/** A default as SQL, as the engine prints it. */
export function sqlOf(constant: Constant, receiver: Receiver, dialect: Dialect): string {
  const family = familyOf(dialect);
  switch (constant.kind) {
    case "generated":
      return constant.text;
    case "number":
      return numberSql(constant.text, dialect);
    case "boolean":
      return family === "mysql" ? (constant.value ? "1" : "0") : String(constant.value);
    case "string":
    case "value": {
      const literal = dialect.quote.literal(constant.text).trim();
      return family === "postgres" ? `${literal}::${castName(receiver.type, dialect)}` : literal;
    }
    case "now": {
      const [digits] = family === "mysql" ? dialect.types.parse(receiver.type).args : [];
      return digits === undefined ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${digits})`;
    }
    case "list": {
      const items = constant.items.map((item) => sqlOf(item, receiver, dialect)).join(", ");
      return items === "" ? `ARRAY[]::${receiver.type}[]` : `ARRAY[${items}]`;
    }
  }
}

/** Types that hold text of a form of their own: their defaults are left to the database. */
const SHAPED = /^(?:Uuid|Xml|Inet|Bit|VarBit)\b/;

export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // What is no JSON is left to the database.
    return false;
  }
};

function fitsNumber(text: string, scalar: Scalar | null): boolean {
  if (/^\+|^-?\.|\.$/.test(text)) return false;
  if (scalar === "Int") return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31;
  if (scalar === "BigInt") return /^-?\d{1,18}$/.test(text);
  return (scalar === "Float" || scalar === "Decimal") && text.length < 30;
}

function fitsString(text: string, cast: string | null, { scalar, native, type }: Receiver, dialect: Dialect): boolean {
  if (cast !== null && castName(cast, dialect) !== castName(type, dialect) && cast !== castName(type, dialect)) return false;
  if (scalar === "Json") return isJson(text);
  return scalar === "String" && !SHAPED.test(native ?? "");
}

/** A default of a design in Prisma's words; what they have none for is left to the database as it is. */
export function constantOf(written: string, receiver: Receiver, dialect: Dialect): Constant {
  const value = valueOf(written, dialect);
  const asIs: Constant = { kind: "generated", text: written };
  if (receiver.list) return value.kind === "empty list" ? { kind: "list", items: [] } : asIs;
  switch (value.kind) {
    case "number":
      if (receiver.scalar === "Boolean" && familyOf(dialect) !== "postgres" && /^[01]$/.test(value.text))
        return { kind: "boolean", value: value.text === "1" };
      return fitsNumber(value.text, receiver.scalar) ? { kind: "number", text: value.text } : asIs;
    case "string":
      if (receiver.values !== null) {
        const fits = receiver.values.includes(value.text) && (value.cast === null || value.cast === receiver.type);
        return fits ? { kind: "value", text: value.text } : asIs;
      }
      return fitsString(value.text, value.cast, receiver, dialect) ? { kind: "string", text: value.text } : asIs;
    case "boolean":
      return receiver.scalar === "Boolean" ? { kind: "boolean", value: value.value } : asIs;
    case "now": {
      const [digits = ""] = familyOf(dialect) === "mysql" ? dialect.types.parse(receiver.type).args : [];
      return receiver.scalar === "DateTime" && value.precision === digits ? { kind: "now" } : asIs;
    }
    default:
      return asIs;
  }
}

/** As it stands in `@default(...)`. `nameOf` gives the word for a value of an enum. */
export function wordOf(constant: Constant, nameOf: (value: string) => string): string {
  switch (constant.kind) {
    case "generated":
      return `dbgenerated(${quoted(constant.text)})`;
    case "number":
      return constant.text;
    case "string":
      return quoted(constant.text);
    case "value":
      return nameOf(constant.text);
    case "boolean":
      return String(constant.value);
    case "now":
      return "now()";
    case "list":
      return `[${constant.items.map((item) => wordOf(item, nameOf)).join(", ")}]`;
  }
}
