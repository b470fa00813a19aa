/** Names of a design as names of a programming language: safe, unique, in the manner of the language. */

/** `user_account-id`, `UserAccountId`: the words of a name, in small letters. What is no ASCII letter or digit parts words. */
export function wordsOf(name: string): readonly string[] {
  const parted = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2");
  return (parted.match(/[A-Za-z\d]+/g) ?? []).map((word) => word.toLowerCase());
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** No name begins with a digit, and none is empty. */
const begun = (name: string, usual: string): string => (name === "" ? usual : /^\d/.test(name) ? `${usual}${name}` : name);

export const pascalCase = (name: string, usual: string): string => begun(wordsOf(name).map(capital).join(""), capital(usual));

export function camelCase(name: string, usual: string): string {
  const [first = "", ...rest] = wordsOf(name);
  return begun(first + rest.map(capital).join(""), usual);
}

export const snakeCase = (name: string, usual: string): string => {
  const joined = wordsOf(name).join("_");
  return /^\d/.test(joined) ? `${usual}_${joined}` : begun(joined, usual);
};

/** Names that are given once each. A word of the language, or one that is given already, gets something behind it. */
export class Identifiers {
  readonly #taken: Set<string>;
  readonly #numbers = new Map<string, number>();
  readonly #reserved: ReadonlySet<string>;

  constructor(reserved: ReadonlySet<string> = new Set(), taken: Iterable<string> = []) {
    this.#reserved = reserved;
    this.#taken = new Set(taken);
  }

  /** `suffixes`: what else is made of the name; those names are taken with it. */
  take(wanted: string, suffixes: readonly string[] = []): string {
    const all = (name: string): readonly string[] => [name, ...suffixes.map((suffix) => name + suffix)];
    const base = this.#reserved.has(wanted) ? `${wanted}_` : wanted;
    let name = base;
    let number = this.#numbers.get(base) ?? 1;
    while (all(name).some((one) => this.#taken.has(one) || (one !== wanted && this.#reserved.has(one))))
      name = `${base}${/\d$/.test(base) ? "_" : ""}${String((number += 1))}`;
    this.#numbers.set(base, number);
    for (const one of all(name)) this.#taken.add(one);
    return name;
  }
}
