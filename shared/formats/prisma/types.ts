/**
 * Types of columns as Prisma has them: a scalar type and, where it is not the usual one of the database, a native one (`@db.VarChar(20)`).
 * Prisma's reference, "Model field scalar types"; without a native type a column gets the type that `prisma migrate` would give it.
 */
import type { Dialect } from "../../dialects/dialect.ts";
import { type Family, familyOf } from "../kit/family.ts";
import rows from "./natives.json" with { type: "json" };

export type Scalar = "String" | "Int" | "BigInt" | "Decimal" | "Float" | "Boolean" | "DateTime" | "Json" | "Bytes";

interface Native {
  readonly name: string;
  readonly scalar: Scalar;
  /** The column's type, without arguments. */
  readonly type: string;
  /** How many arguments it takes: `01` is none or one. */
  readonly counts: string;
}

const NATIVES = Object.fromEntries(
  Object.entries(rows).map(([family, list]) => [
    family,
    list.map(([name = "", scalar, type = "", counts = ""]): Native => ({
      name,
      scalar: scalar as Scalar,
      type,
      counts: counts === "" ? "0" : counts,
    })),
  ]),
) as unknown as Readonly<Record<Family, readonly Native[]>>;

const USUAL: Readonly<Record<Family, Readonly<Record<Scalar, string>>>> = {
  postgres: {
    String: "text",
    Int: "integer",
    BigInt: "bigint",
    Decimal: "numeric(65,30)",
    Float: "double precision",
    Boolean: "boolean",
    DateTime: "timestamp(3) without time zone",
    Json: "jsonb",
    Bytes: "bytea",
  },
  mysql: {
    String: "varchar(191)",
    Int: "int",
    BigInt: "bigint",
    Decimal: "decimal(65,30)",
    Float: "double",
    Boolean: "tinyint(1)",
    DateTime: "datetime(3)",
    Json: "json",
    Bytes: "longblob",
  },
  sqlite: {
    String: "TEXT",
    Int: "INTEGER",
    BigInt: "BIGINT",
    Decimal: "DECIMAL",
    Float: "REAL",
    Boolean: "BOOLEAN",
    DateTime: "DATETIME",
    Json: "JSONB",
    Bytes: "BLOB",
  },
};

export const isScalar = (name: string): name is Scalar => Object.hasOwn(USUAL.postgres, name);

/** The type that a scalar type alone stands for. */
export const usualType = (scalar: Scalar, dialect: Dialect): string => dialect.types.canonical(USUAL[familyOf(dialect)][scalar]);

/** A type with arguments, wherever its name wants them: `timestamp(3) with time zone`. */
function withArgs(type: string, args: readonly string[], { types }: Dialect): string {
  const parsed = types.parse(type);
  return types.canonical(types.format(args.length === 0 ? parsed : { ...parsed, args }));
}

/** What a native type stands for; else what is wrong with it. */
export function typeOfNative(
  name: string,
  args: readonly string[],
  scalar: Scalar,
  dialect: Dialect,
): { readonly type: string } | { readonly wrong: "name" | "scalar" | "arguments" } {
  const known = NATIVES[familyOf(dialect)].filter((native) => native.name === name);
  if (known.length === 0) return { wrong: "name" };
  const native = known.find((one) => one.scalar === scalar);
  if (!native) return { wrong: "scalar" };
  const counted = native.counts.includes(String(args.length)) || args.length === 0;
  if (!counted || args.some((arg) => !/^\d{1,9}$/.test(arg))) return { wrong: "arguments" };
  return { type: withArgs(native.type, args, dialect) };
}

/** How Prisma says a column's type. */
export interface Said {
  /** Null: `Unsupported("...")` of the type as it is. */
  readonly scalar: Scalar | null;
  /** With its arguments, without `@db.`; null where the scalar type says it all. */
  readonly native: string | null;
  /** The type that it is read back as. */
  readonly type: string;
}

/** Types that other words mean, by kind: for databases without native types, and for sizes that mean nothing. */
const BY_KIND: Readonly<Partial<Record<string, Scalar>>> = {
  integer: "Int",
  decimal: "Decimal",
  money: "Decimal",
  float: "Float",
  boolean: "Boolean",
  text: "String",
  uuid: "String",
  xml: "String",
  binary: "Bytes",
  date: "DateTime",
  timestamp: "DateTime",
  json: "Json",
};

/** A column's type in Prisma's words. `type` is no list. */
export function saidOf(type: string, dialect: Dialect): Said {
  const { types } = dialect;
  const wanted = types.canonical(type);
  const family = familyOf(dialect);
  for (const scalar of Object.keys(USUAL[family]) as Scalar[])
    if (usualType(scalar, dialect) === wanted) return { scalar, native: null, type: wanted };
  const { name, args, kind } = types.parse(wanted);
  for (const native of NATIVES[family]) {
    const bare = types.parse(native.type);
    if (bare.name !== name || !native.counts.includes(String(args.length))) continue;
    if (bare.args.length > 0 && types.canonical(native.type) !== wanted) continue;
    const found = typeOfNative(native.name, args, native.scalar, dialect);
    if (!("type" in found) || found.type !== wanted) continue;
    return {
      scalar: native.scalar,
      native: args.length === 0 ? native.name : `${native.name}(${args.join(", ")})`,
      type: wanted,
    };
  }
  // Arguments that the words have none for: the width in which whole numbers are shown.
  const loose = NATIVES[family].find(
    (native) => native.counts === "0" && types.parse(native.type).name === name && native.scalar !== "Boolean",
  );
  if (loose && (kind === "integer" || kind === "boolean"))
    return { scalar: loose.scalar, native: loose.name, type: types.canonical(loose.type) };
  const scalar = family === "sqlite" ? BY_KIND[kind] : undefined;
  if (scalar) return { scalar, native: null, type: usualType(scalar, dialect) };
  return { scalar: null, native: null, type: wanted };
}
