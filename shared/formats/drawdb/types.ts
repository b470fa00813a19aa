/** Types of fields: a word in capitals, with its size, its values and two marks beside it. */
import type { Dialect, TypeKind } from "../../dialects/dialect.ts";
import type { Schema } from "../../model/index.ts";
import { meantType } from "../kit/foreign-types.ts";
import { OwnTypes } from "../kit/own-types.ts";
import { remembered } from "../kit/remembered.ts";

export interface FieldType {
  readonly type: string;
  readonly size: string;
  readonly values: readonly string[];
  readonly unsigned: boolean;
  readonly isArray: boolean;
}

/** Where DrawDB has a shorter word than the engine. */
const SHORT: Readonly<Record<string, string>> = {
  "character varying": "VARCHAR",
  character: "CHAR",
  "timestamp without time zone": "TIMESTAMP",
  "timestamp with time zone": "TIMESTAMPTZ",
  "time without time zone": "TIME",
  "time with time zone": "TIMETZ",
  "bit varying": "VARBIT",
};

const LISTS: ReadonlySet<string> = new Set(["ENUM", "SET"]);
const SIZED: ReadonlySet<TypeKind> = new Set(["text", "decimal", "binary", "bits", "float", "time", "timestamp", "other"]);
const SIGNED: ReadonlySet<TypeKind> = new Set(["integer", "decimal", "float"]);
const SIZE = /^\s*\d+\s*(?:,\s*-?\d+\s*)?$/;

/** What types mean in a file: those of the dialect, and the file's own. */
export class FieldTypes {
  /** The type as the engine prints it. */
  readonly read: (field: FieldType) => string;
  readonly #dialect: Dialect;
  /** The file is of another database, or of none. */
  readonly #foreign: boolean;
  readonly #own: OwnTypes;
  /** Integers have a width and a sign, as MySQL's do. */
  readonly #signs: boolean;

  constructor(dialect: Dialect, schema: Pick<Schema, "types" | "namespaces">, foreign: boolean) {
    this.#dialect = dialect;
    this.#foreign = foreign;
    this.#own = new OwnTypes(dialect, schema);
    this.read = remembered((field) => this.#read(field));
    this.#signs = dialect.types.parse("int(10) unsigned").args.length === 1;
  }

  /** The values of the enum that a column of a type holds. */
  valuesOf(printed: string): readonly string[] | null {
    return this.#own.enumBehind(printed)?.values ?? null;
  }

  #read({ type, size, values, unsigned, isArray }: FieldType): string {
    const { parse, canonical, common } = this.#dialect.types;
    const { literal } = this.#dialect.quote;
    const array = isArray && this.#dialect.features.arrays ? "[]" : "";
    const word = type.trim();
    const own = this.#own.called(word);
    if (own) return this.#own.declared(own) + array;
    if (LISTS.has(word.toUpperCase()) && values.length > 0 && common.includes("enum"))
      return canonical(`${word.toLowerCase()}(${values.map((value) => literal(value).trim()).join(",")})`);
    const base = this.#foreign || LISTS.has(word.toUpperCase()) ? meantType(word, this.#dialect) : canonical(word);
    const { kind, args } = parse(base);
    const sized =
      args.length === 0 && SIZE.test(size) && (SIZED.has(kind) || (kind === "integer" && this.#signs)) && !base.includes("(");
    const sign = unsigned && this.#signs && SIGNED.has(kind) && !base.includes("unsigned") ? " unsigned" : "";
    if (!sized && sign === "" && array === "") return base;
    // MySQL's own arguments where none are given (`decimal(10,0)`) are not a size that someone wrote.
    const written = this.#foreign ? base : word;
    return canonical(`${written}${sized ? `(${size.trim()})` : ""}${sign}${array}`);
  }

  /** The field that is read as this type; a type that DrawDB has no words for stands as it is. */
  write(type: string): FieldType {
    const plain: FieldType = { type, size: "", values: [], unsigned: false, isArray: false };
    return [...this.#spellings(type)].find((field) => this.read(field) === type) ?? plain;
  }

  *#spellings(type: string): Generator<FieldType> {
    const { name, args, array } = this.#dialect.types.parse(type);
    const unsigned = /\bunsigned\b/.test(name);
    const bare = name.replace(/ (?:unsigned|zerofill)\b/g, "");
    const own = this.#own.behind(bare);
    const word = own?.name.toUpperCase() ?? SHORT[bare.toLowerCase()] ?? bare.toUpperCase();
    const isArray = array > 0;
    if (array > 1) return;
    if (LISTS.has(word)) {
      const values = args.map((arg) => arg.replace(/^'|'$/g, "").replaceAll("''", "'"));
      yield { type: word, size: "", values, unsigned, isArray };
      return;
    }
    yield { type: word, size: "", values: [], unsigned, isArray };
    yield { type: word, size: args.join(","), values: [], unsigned, isArray };
  }
}
