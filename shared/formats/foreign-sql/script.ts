/** A script being read: the design under way, names as they are compared, what is told. */
import type { Dialect } from "../../dialects/dialect.ts";
import { Tally } from "../../convert/losses.ts";
import { neutral, typeIn } from "../../convert/types/types.ts";
import type { Column, ReferentialAction } from "../../model/index.ts";
import { problem, type Problem } from "../../result/index.ts";
import { SchemaDraft } from "../kit/draft.ts";
import { spansOf } from "../kit/lines.ts";
import type { IndexFound, TableDraft } from "../kit/table-draft.ts";
import type { Lexeme } from "./lexer.ts";
import type { Product } from "./product.ts";
import type { Walker } from "./walker.ts";

/** A key as it is said; keys are given to the draft when all is read. */
export interface KeySaid {
  readonly kind: "primary" | "unique";
  readonly name: string | null;
  readonly columns: readonly string[];
}

export interface RelationSaid {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly to: readonly string[];
  readonly refColumns: readonly string[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly at: Lexeme | null;
}

/** A table with what is said of it anywhere in the script. */
export interface TableRead {
  readonly draft: TableDraft;
  /** Columns as they were first written, by how names are compared. */
  readonly columns: Map<string, string>;
  readonly keys: KeySaid[];
  readonly relations: RelationSaid[];
  readonly indexes: { readonly said: IndexFound; readonly where: Walker | null; readonly at: Lexeme | null }[];
  readonly checks: { readonly name: string | null; readonly column: string | null; readonly text: Walker }[];
  readonly defaults: Map<string, Walker>;
  readonly computed: Map<string, { readonly text: Walker; readonly stored: boolean }>;
  readonly counting: Set<string>;
}

const MOST_TOLD = 200;
const fold = (name: string): string => name.toLowerCase();

export class Script {
  readonly product: Product;
  readonly dialect: Dialect;
  readonly draft: SchemaDraft;
  readonly tally = new Tally();
  readonly tables = new Map<string, TableRead>();
  /** Types that a script names itself, by what they stand for. */
  readonly aliases = new Map<string, string>();
  /** Names of tables, keys and indexes, where one may stand once only. */
  readonly #names = new Set<string>();
  readonly #text: string;
  readonly #told: { readonly problem: Problem; readonly start: number; readonly end: number }[] = [];
  readonly #aside = new Map<string, { count: number; readonly why: string; readonly at: Lexeme }>();
  #untold = 0;

  constructor(text: string, product: Product, dialect: Dialect) {
    this.#text = text;
    this.product = product;
    this.dialect = dialect;
    this.draft = new SchemaDraft(dialect);
  }

  tell(made: Problem, at: Lexeme | null, end = at?.end ?? 0): void {
    if (this.#told.length < MOST_TOLD) this.#told.push({ problem: made, start: at?.start ?? 0, end });
    else this.#untold += 1;
  }

  /** The name of a key or index: where primary keys have names of their own, it is the only one in its namespace. */
  own(table: TableRead, name: string | null): string | null {
    if (name === null || this.dialect.features.primaryKeyName !== null) return name;
    const { namespace } = table.draft;
    const key = (wanted: string): string => JSON.stringify([namespace.name, this.dialect.texts.key(wanted)]);
    const isTable = (wanted: string): boolean => this.draft.find(namespace.name, wanted) !== null;
    let found = name;
    if (this.#names.has(key(found)) || isTable(found)) found = `${table.draft.name}_${name}`;
    for (let number = 2; this.#names.has(key(found)); number += 1) found = `${table.draft.name}_${name}_${String(number)}`;
    this.#names.add(key(found));
    if (found !== name) this.tally.count("names");
    return found;
  }

  /** What is passed over on purpose, counted by its kind. */
  aside(what: string, why: string, at: Lexeme): void {
    const known = this.#aside.get(what);
    if (known) known.count += 1;
    else this.#aside.set(what, { count: 1, why, at });
  }

  get problems(): readonly Problem[] {
    const beside = [...this.#aside].map(([what, { count, why, at }]) => {
      return { problem: problem("text.beside", "note", { what, count, why }), start: at.start, end: at.end };
    });
    const all = [...this.#told, ...beside];
    const spans = spansOf(this.#text, all);
    const placed = all.map((item, at) => ({ ...item.problem, at: spans[at] ?? null }));
    const more = this.#untold > 0 ? [problem("text.more", "warning", { count: this.#untold })] : [];
    return [...placed, ...more, ...this.tally.problems(this.dialect.label)];
  }

  /** A name as the design has it: small letters where the product knows no capitals but in quotes. */
  named(token: Lexeme): string {
    const raw = token.kind === "word" ? this.#text.slice(token.start, token.end) : token.text;
    if (this.product.folds === null) return raw;
    return token.kind === "word" || raw === raw.toUpperCase() ? raw.toLowerCase() : raw;
  }

  /** `a.b.c` in its parts; empty when no name is next. */
  name(walker: Walker): readonly string[] {
    const parts: string[] = [];
    for (let token = walker.token(); token && (token.kind === "word" || token.kind === "name"); token = walker.token()) {
      parts.push(this.named(token));
      walker.next();
      if (!walker.skip(".")) break;
      walker.skip(".");
    }
    return parts;
  }

  /** The namespace of a name; null for the one in which everything stands by itself. */
  namespaceOf(parts: readonly string[]): string | null {
    const name = parts.at(-2);
    return name === undefined || fold(name) === this.product.home ? null : name;
  }

  #key(parts: readonly string[]): string {
    return JSON.stringify([fold(this.namespaceOf(parts) ?? ""), fold(parts.at(-1) ?? "")]);
  }

  /** A table that has been made; one that is named without its namespace may stand in another. */
  find(parts: readonly string[]): TableRead | null {
    const found = this.tables.get(this.#key(parts));
    if (found || this.namespaceOf(parts) !== null) return found ?? null;
    const name = fold(parts.at(-1) ?? "");
    const all = [...this.tables.values()].filter(({ draft }) => fold(draft.name) === name);
    return all.length === 1 ? (all[0] ?? null) : null;
  }

  /** A new table; null when there is one of that name. */
  make(parts: readonly string[]): TableRead | null {
    const key = this.#key(parts);
    const name = parts.at(-1) ?? "";
    const draft = this.tables.has(key) ? null : this.draft.table(this.namespaceOf(parts), name);
    if (!draft) return null;
    const lists = { keys: [], relations: [], indexes: [], checks: [] };
    const maps = { columns: new Map(), defaults: new Map(), computed: new Map(), counting: new Set<string>() };
    const made: TableRead = { draft, ...lists, ...maps };
    this.tables.set(key, made);
    return made;
  }

  /** A column's name as it was written where it was made. */
  column(table: TableRead, name: string): string {
    return table.columns.get(fold(name)) ?? name;
  }

  columnOf(table: TableRead, name: string): Column | undefined {
    return table.draft.column(this.column(table, name));
  }

  addColumn(table: TableRead, name: string, type: string): boolean {
    if (table.columns.has(fold(name))) return false;
    table.columns.set(fold(name), name);
    return table.draft.add({ name, type }) !== null;
  }

  /** The dialect's type for one of the product's. */
  type(name: string, args: readonly string[], at: Lexeme | null): string {
    const alias = this.aliases.get(fold(name));
    if (alias !== undefined) return alias;
    const { types, whole } = this.product;
    const word = fold(name);
    // `NUMBER(*,2)`: as many digits as there may be.
    const kept = args
      .map((arg) => (arg === "*" ? "38" : arg))
      .map((arg) => (/^(time|datetime|timestamp)/.test(word) && Number(arg) > 6 ? "6" : arg));
    const isMax = fold(args[0] ?? "") === "max";
    const bytes = /binary|raw/.test(word);
    const meant = types[isMax ? `${word}(max)` : word] ?? (isMax ? (bytes ? "bytes" : "text") : undefined);
    const digits = whole?.type === word && args.length > 0 && (args[1] ?? "0") === "0" ? Number(args[0]) : Number.NaN;
    const counted = whole?.digits.find(([most]) => digits <= most)?.[1];
    const said = { name: word, args: isMax ? [] : kept, array: 0, kind: "other" } as const;
    const plain =
      counted !== undefined || meant !== undefined
        ? { name: counted ?? meant ?? "", args: counted ? [] : said.args }
        : neutral(said);
    const bare = plain.name === "float64" ? { ...plain, args: [] } : plain;
    const { type, loss } = typeIn(this.dialect.types, bare);
    if (bare.name === "other")
      this.aside(
        `the type ${name}`,
        "it is not known here and became a text",
        at ?? { kind: "word", start: 0, end: 0, text: "", first: true },
      );
    else if (loss) this.tally.count(loss);
    return type;
  }
}
