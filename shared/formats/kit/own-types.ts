/** The types that a text makes itself, found by the word that a column says and by what the engine prints. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { EnumType, Schema, UserType } from "../../model/index.ts";

export class OwnTypes {
  readonly #dialect: Dialect;
  readonly #names: ReadonlyMap<string, string>;
  readonly #byWord = new Map<string, UserType>();
  readonly #byPrinted: ReadonlyMap<string, UserType>;

  constructor(dialect: Dialect, { types, namespaces }: Pick<Schema, "types" | "namespaces">) {
    this.#dialect = dialect;
    this.#names = new Map(namespaces.map(({ id, name }) => [id, name]));
    this.#byPrinted = new Map(types.map((type) => [this.printed(type), type]));
    for (const type of types) {
      const word = type.name.toLowerCase();
      if (!this.#byWord.has(word)) this.#byWord.set(word, type);
    }
  }

  /** The name as the engine prints it, with its namespace. */
  printed({ namespaceId, name }: UserType): string {
    const { identifier } = this.#dialect.quote;
    return `${identifier(this.#names.get(namespaceId) ?? "")}.${identifier(name)}`;
  }

  /** The type of a name, in whatever letters; the first of several. A type that the database has goes before it. */
  called(word: string): UserType | null {
    const plain = word.trim().toLowerCase();
    const found = this.#byWord.get(plain) ?? null;
    return found && this.#dialect.types.parse(plain).kind === "other" ? found : null;
  }

  /** The type that is printed so. */
  behind(printed: string): UserType | null {
    return this.#byPrinted.get(printed) ?? null;
  }

  enumBehind(printed: string): EnumType | null {
    const found = this.behind(printed);
    return found?.kind === "enum" ? found : null;
  }

  /** How a column of one's own type is declared: by its name, or with its values where the database has no such types. */
  declared(type: UserType): string {
    const { features, types, quote } = this.#dialect;
    if (features.enums) return this.printed(type);
    if (type.kind !== "enum" || type.values.length === 0 || !types.common.includes("enum")) return types.canonical("text");
    return types.canonical(`enum(${type.values.map((value) => quote.literal(value).trim()).join(",")})`);
  }
}
