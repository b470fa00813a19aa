/** Which enum a column's type is: one of the design's, or the list that the type itself is (`enum('a','b')`). */
import type { Dialect } from "../../dialects/dialect.ts";
import type { EnumType, Schema } from "../../model/index.ts";

export class Enums {
  readonly #dialect: Dialect;
  readonly #byText = new Map<string, EnumType>();

  constructor({ types, namespaces }: Schema, dialect: Dialect) {
    this.#dialect = dialect;
    const { identifier } = dialect.quote;
    const names = new Map(namespaces.map(({ id, name }) => [id, name]));
    for (const type of types) {
      if (type.kind !== "enum") continue;
      const namespace = names.get(type.namespaceId) ?? "";
      this.#byText.set(`${identifier(namespace)}.${identifier(type.name)}`, type);
      // Without a namespace it is the default one's.
      if (namespace === dialect.features.defaultNamespace) this.#byText.set(identifier(type.name), type);
    }
  }

  /** The enum of the design that a type (without brackets) names. */
  of(type: string): EnumType | null {
    return this.#byText.get(type) ?? null;
  }

  /** The values that a type lists itself; null for any other type. */
  listed(type: string): readonly string[] | null {
    const { name, args } = this.#dialect.types.parse(type);
    if (name !== "enum" || args.length === 0 || this.#dialect.features.enums) return null;
    return args.map((arg) => arg.replace(/^'|'$/g, "").replaceAll("''", "'").replaceAll("\\\\", "\\"));
  }
}

/** A type without the brackets of an array, and how many there were. */
export function unlisted(type: string, { types, features }: Dialect): { readonly type: string; readonly depth: number } {
  if (!features.arrays || !type.endsWith("]")) return { type, depth: 0 };
  const bare = /^(.*?)((?:\[\d*\])+)$/s.exec(type);
  const parsed = types.parse(type);
  return bare ? { type: bare[1] ?? type, depth: parsed.array } : { type, depth: 0 };
}
