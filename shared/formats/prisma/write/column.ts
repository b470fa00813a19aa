/** A column in Prisma's words, before it has a name. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Column, EnumType } from "../../../model/index.ts";
import { type Enums, unlisted } from "../../kit/enums.ts";
import { type Constant, constantOf, type Receiver, sqlOf } from "../constants.ts";
import { saidOf } from "../types.ts";

export interface Facts {
  /** A scalar type, the id of an enum, `enum:` and the values that the column lists, or `Unsupported` and the type. */
  readonly word: string;
  readonly enumType: EnumType | null;
  readonly listed: readonly string[] | null;
  /** Null: `Unsupported`. */
  readonly known: boolean;
  readonly native: string | null;
  readonly list: boolean;
  /** As it is read back. */
  readonly type: string;
  readonly default: string | null;
  /** Null where it has none, or counts up. */
  readonly constant: Constant | null;
  /** Its default is a sequence of its own. */
  readonly counts: boolean;
  /** Whole numbers, which may count up. */
  readonly whole: boolean;
}

export function factsOf(column: Column, counts: boolean, enums: Enums, dialect: Dialect): Facts {
  const canonical = dialect.types.canonical(column.type);
  const { type: bare, depth } = unlisted(canonical, dialect);
  const base = baseOf(depth > 1 ? canonical : bare, depth > 1, enums, dialect);
  const list = depth === 1 && base.known;
  const type = depth === 1 ? `${base.type}[]` : base.type;
  const receiver: Receiver = {
    ...{ scalar: base.scalar, native: base.native, type: base.type, list: depth > 0 },
    values: base.enumType?.values ?? base.listed,
  };
  const empty = column.default === null || column.default.trim() === "";
  const constant = empty || counts ? null : constantOf(column.default ?? "", receiver, dialect);
  return {
    ...{ word: base.known ? base.word : `Unsupported ${type}`, enumType: base.enumType, listed: base.listed, known: base.known },
    ...{ native: base.native, list, type, constant, counts },
    default: constant && sqlOf(constant, receiver, dialect),
    whole: base.scalar === "Int" || base.scalar === "BigInt",
  };
}

type Base = Pick<Facts, "word" | "enumType" | "listed" | "known" | "native" | "type"> & Pick<Receiver, "scalar">;

function baseOf(type: string, deep: boolean, enums: Enums, dialect: Dialect): Base {
  const plain = { enumType: null, listed: null, native: null, scalar: null, type, known: true };
  const enumType = deep ? null : enums.of(type);
  if (enumType) return { ...plain, enumType, word: enumType.id };
  const listed = enums.listed(type);
  if (listed) return { ...plain, listed, word: `enum:${JSON.stringify(listed)}` };
  const said = deep ? { scalar: null, native: null, type } : saidOf(type, dialect);
  return { ...plain, ...said, known: said.scalar !== null, word: said.scalar ?? type };
}
