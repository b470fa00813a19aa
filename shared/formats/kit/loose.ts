/**
 * Objects of a JSON file that another tool wrote, of whatever version: attributes are asked for by name, what is not as it should be
 * is told with its path and read as well as it can be.
 */
import { problem, type Problem, type Severity } from "../../result/index.ts";
import { locate } from "./json-text.ts";
import { spansOf } from "./lines.ts";

/** As many problems are told; the rest are counted. */
const MOST_PROBLEMS = 100;

/** What is found out about a file while it is read. */
export class Findings {
  readonly #faults: { readonly path: string; readonly why: string; readonly severity: Severity }[] = [];
  readonly #beside = new Map<string, { readonly why: string; count: number }>();
  readonly #others: Problem[] = [];
  #more = 0;

  /** Something that is not as it should be, with what was made of it. `error`: it is lost. */
  fault(path: string, why: string, severity: Severity = "warning"): void {
    if (this.#faults.length < MOST_PROBLEMS) this.#faults.push({ path, why, severity });
    else this.#more += 1;
  }

  /** Something that a design says otherwise or not, counted by what it is. */
  leave(what: string, why: string, count = 1): void {
    const known = this.#beside.get(what);
    if (known) known.count += count;
    else if (count > 0) this.#beside.set(what, { why, count });
  }

  tell(other: Problem): void {
    this.#others.push(other);
  }

  /** Everything, faults with their places in the text. */
  problems(text: string): Problem[] {
    const found =
      this.#faults.length === 0
        ? new Map<string, never>()
        : locate(
            text,
            this.#faults.map(({ path }) => path),
          );
    const places = spansOf(
      text,
      this.#faults.map(({ path }) => found.get(path) ?? { start: 0, end: 0 }),
    );
    const faults = this.#faults
      .map(({ path, why, severity }, at) => {
        const span = found.has(path) ? (places[at] ?? null) : null;
        return problem("format.part", severity, { path: path === "" ? "The file" : path, why }, { at: span });
      })
      .sort((a, b) => (a.at?.offset ?? 0) - (b.at?.offset ?? 0));
    const beside = [...this.#beside].map(([what, { why, count }]) => problem("text.beside", "note", { what, count, why }));
    const more = this.#more > 0 ? [problem("text.more", "warning", { count: this.#more })] : [];
    return [...this.#others, ...faults, ...more, ...beside];
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One object of the file. */
export class Item {
  readonly path: string;
  readonly findings: Findings;
  readonly #value: Readonly<Record<string, unknown>>;

  private constructor(value: Readonly<Record<string, unknown>>, path: string, findings: Findings) {
    this.#value = value;
    this.path = path;
    this.findings = findings;
  }

  /** Null for what is no object. */
  static of(value: unknown, path: string, findings: Findings): Item | null {
    return isObject(value) ? new Item(value, path, findings) : null;
  }

  /** Null and a missing attribute are the same. */
  #get(key: string): unknown {
    return Object.hasOwn(this.#value, key) ? (this.#value[key] ?? null) : null;
  }

  at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  has(key: string): boolean {
    return this.#get(key) !== null;
  }

  isObject(key: string): boolean {
    return isObject(this.#get(key));
  }

  fault(key: string, why: string, severity: Severity = "warning"): void {
    this.findings.fault(this.at(key), why, severity);
  }

  /** Numbers and truth values are texts too; null where there is none. */
  text(key: string): string | null {
    const value = this.#get(key);
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (value !== null) this.fault(key, "a text is expected; it is left out", "error");
    return null;
  }

  /** Numbers in quotes count as such. */
  number(key: string): number | null {
    const value = this.#get(key);
    if (value === null || value === "") return null;
    const number = typeof value === "string" ? Number(value.trim() || Number.NaN) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
    this.fault(key, "a number is expected; it is left out");
    return null;
  }

  /** 0, 1 and words in quotes count as truth values; what is missing is false. */
  flag(key: string): boolean {
    const value = this.#get(key);
    if (value === null || value === "") return false;
    if (typeof value === "boolean") return value;
    if (value === 1 || value === 0) return value === 1;
    if (typeof value === "string" && /^(?:true|false)$/i.test(value)) return /^true$/i.test(value);
    this.fault(key, "true or false is expected; it is read as false");
    return false;
  }

  texts(key: string): readonly string[] {
    return this.#list(key).flatMap((value, at) => {
      if (typeof value === "string") return [value];
      if (typeof value === "number" || typeof value === "boolean") return [String(value)];
      this.findings.fault(`${this.at(key)}[${String(at)}]`, "a text is expected; it is left out", "error");
      return [];
    });
  }

  /** The objects of a list. */
  items(key: string): readonly Item[] {
    return this.#list(key).flatMap((value, at) => {
      const path = `${this.at(key)}[${String(at)}]`;
      const item = Item.of(value, path, this.findings);
      // Lists of old files have holes where something was deleted.
      if (!item && value !== null) this.findings.fault(path, "an object is expected; it is left out", "error");
      return item ?? [];
    });
  }

  item(key: string): Item | null {
    const value = this.#get(key);
    const item = Item.of(value, this.at(key), this.findings);
    if (!item && value !== null) this.fault(key, "an object is expected; it is left out", "error");
    return item;
  }

  #list(key: string): readonly unknown[] {
    const value = this.#get(key);
    if (value === null) return [];
    if (Array.isArray(value)) return value as unknown[];
    this.fault(key, "a list is expected; it is left out", "error");
    return [];
  }
}
