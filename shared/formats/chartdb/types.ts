/** Types of fields: a name, with length, precision and a mark of arrays beside it. */
import type { Dialect, TypeKind } from "../../dialects/dialect.ts";
import type { Schema } from "../../model/index.ts";
import { meantType } from "../kit/foreign-types.ts";
import { OwnTypes } from "../kit/own-types.ts";
import { remembered } from "../kit/remembered.ts";

export interface FieldType {
  readonly name: string;
  /** `characterMaximumLength`; null where it is not said. */
  readonly length: string | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly isArray: boolean;
}

const SIZED: ReadonlySet<TypeKind> = new Set(["text", "binary", "bits"]);

/** What types mean in a file: those of the dialect, and the file's own. */
export class FieldTypes {
  /** The type as the engine prints it. */
  readonly read: (field: FieldType) => string;
  readonly #dialect: Dialect;
  /** The file is of another database, or of none. */
  readonly #foreign: boolean;
  readonly #own: OwnTypes;

  constructor(dialect: Dialect, schema: Pick<Schema, "types" | "namespaces">, foreign: boolean) {
    this.#dialect = dialect;
    this.#foreign = foreign;
    this.#own = new OwnTypes(dialect, schema);
    this.read = remembered((field) => this.#read(field));
  }

  #read({ name, length, precision, scale, isArray }: FieldType): string {
    const { parse, canonical } = this.#dialect.types;
    const array = isArray && this.#dialect.features.arrays ? "[]" : "";
    const own = this.#own.called(name);
    if (own) return this.#own.declared(own) + array;
    const base = this.#foreign ? meantType(name, this.#dialect) : canonical(name);
    const { kind } = parse(base);
    // Servers say of every integer how many digits it has.
    const decimal = precision === null ? "" : `${String(precision)}${scale === null ? "" : `,${String(scale)}`}`;
    const size = SIZED.has(kind) && /^\d+$/.test(length ?? "") ? (length ?? "") : kind === "decimal" ? decimal : "";
    const written = this.#foreign ? base : name;
    if (size === "" || written.includes("(") || (this.#foreign && base.includes("(")))
      return array === "" ? base : canonical(base + array);
    return canonical(`${written}(${size})${array}`);
  }

  /** The field that is read as this type; a type that ChartDB has no words for stands as it is. */
  write(type: string): FieldType {
    const plain: FieldType = { name: type, length: null, precision: null, scale: null, isArray: false };
    return [...this.#spellings(type)].find((field) => this.read(field) === type) ?? plain;
  }

  *#spellings(type: string): Generator<FieldType> {
    const { name, args, array } = this.#dialect.types.parse(type);
    if (array > 1) return;
    const none = { length: null, precision: null, scale: null, isArray: array > 0 };
    yield { ...none, name: this.#own.behind(name)?.name ?? name };
    const [first = "", second] = args;
    if (!/^\d+$/.test(first)) return;
    if (args.length === 1) yield { ...none, name, length: first };
    yield { ...none, name, precision: Number(first), scale: second === undefined ? null : Number(second) };
  }
}
