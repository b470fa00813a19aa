/** Sets of values: types of their own, types that list their values, or a check that does. */
import type { EnumType, Namespace, Schema, TypeId } from "../model/index.ts";
import type { Context } from "./context.ts";
import { inNamespace, type Names } from "./names.ts";

/** What a column's type stands for besides being a type. */
export interface UserTypes {
  readonly enumOf: (type: string) => EnumType | null;
  readonly domainOf: (type: string) => Extract<Schema["types"][number], { kind: "domain" }> | null;
  readonly isOther: (type: string) => boolean;
}

/** The design's own types by the names that columns call them. */
export function userTypes({ schema, from }: Context): UserTypes {
  const names = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
  const found = new Map<string, Schema["types"][number]>();
  for (const type of schema.types) {
    const namespace = names.get(type.namespaceId) ?? "";
    const { identifier } = from.quote;
    found.set(`${identifier(namespace)}.${identifier(type.name)}`, type);
    for (const name of [identifier(type.name), type.name]) if (!found.has(name)) found.set(name, type);
  }
  const of = (type: string): Schema["types"][number] | undefined => found.get(type.trim());
  return {
    enumOf: (type) => {
      const known = of(type);
      return known?.kind === "enum" ? known : null;
    },
    domainOf: (type) => {
      const known = of(type);
      return known?.kind === "domain" ? known : null;
    },
    isOther: (type) => /^(composite|range)$/.test(of(type.replace(/(\[\])+$/, ""))?.kind ?? ""),
  };
}

const LISTED = /^enum\s*\(([\s\S]*)\)/i;
const VALUE = /'((?:[^'\\]|''|\\[\s\S])*)'/g;

/** The values of a type that lists them: `enum('a','b')`. */
export function listedValues(type: string, backslashes: boolean): readonly string[] | null {
  const inside = LISTED.exec(type)?.[1];
  if (inside === undefined) return null;
  return [...inside.matchAll(VALUE)].map(([, raw = ""]) => {
    const text = raw.replaceAll("''", "'");
    return backslashes ? text.replace(/\\([\s\S])/g, "$1") : text;
  });
}

/** Makes types of listed values, each list once in a namespace. */
export class MadeEnums {
  readonly types: EnumType[] = [];
  readonly #context: Context;
  readonly #names: Names;

  constructor(context: Context, names: Names) {
    this.#context = context;
    this.#names = names;
  }

  /** The name of a type with these values, as a column of the namespace calls it. */
  named(namespace: Namespace, wanted: string, values: readonly string[]): string {
    const name = this.#names.take(inNamespace(namespace.id), wanted);
    const id = `type:${namespace.id}:${name}` as TypeId;
    this.types.push({
      ...{ id, kind: "enum", namespaceId: namespace.id, name, comment: null, dependsOn: [] },
      values: [...new Set(values)],
    });
    const { identifier } = this.#context.to.quote;
    return `${identifier(namespace.name)}.${identifier(name)}`;
  }
}
