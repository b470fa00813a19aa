/**
 * Reads what SQLite's pragmas do not say from the text of a CREATE TABLE: names of constraints, checks, collations, conflict
 * clauses, deferrability, generated expressions. The engine has accepted the text, so its grammar is taken for granted
 * (sqlite.org/lang_createtable.html); columns, types, defaults and targets of foreign keys are the pragmas' to say.
 */
import type { Deferrable, Options } from "../../../model/index.ts";
import { readComments } from "./comments.ts";
import { Cursor } from "./cursor.ts";

/** What a comment in the text can speak of. */
interface Commented {
  comment: string | null;
}

export interface ColumnText extends Commented {
  readonly name: string;
  collation: string | null;
  generated: string | null;
  options: Record<string, string>;
}

export interface KeyText extends Commented {
  readonly kind: "primary" | "unique";
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly options: Options;
}

export interface CheckText extends Commented {
  readonly kind: "check";
  readonly name: string | null;
  readonly expression: string;
}

export interface ForeignKeyText extends Commented {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly match: "simple" | "full";
  deferrable: Deferrable;
}

export interface TableText extends Readonly<Commented> {
  readonly columns: readonly ColumnText[];
  readonly constraints: readonly (KeyText | CheckText)[];
  readonly foreignKeys: readonly ForeignKeyText[];
  readonly options: Options;
}

/** Words that end a column's type. */
const COLUMN_WORDS = "constraint primary not null unique check default collate references generated as deferrable".split(" ");
const TABLE_WORDS: ReadonlySet<string> = new Set(["constraint", "primary", "unique", "check", "foreign"]);

class TableReader {
  readonly #cursor: Cursor;
  readonly columns: ColumnText[] = [];
  readonly constraints: (KeyText | CheckText)[] = [];
  readonly foreignKeys: ForeignKeyText[] = [];
  /** The name of the constraint that is being read. */
  #name: string | null = null;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  read(): TableText {
    const cursor = this.#cursor;
    const comments = readComments(cursor.text);
    cursor.until("(");
    cursor.next();
    let item = 0;
    while (!cursor.done && !cursor.skip(")")) {
      if (cursor.skip(",")) {
        item += 1;
        continue;
      }
      const before = cursor.offset;
      const known = new Set<Commented>([...this.constraints, ...this.foreignKeys]);
      if (TABLE_WORDS.has(cursor.peek())) {
        this.#tableConstraint();
        const made = [...this.constraints, ...this.foreignKeys].find((one) => !known.has(one));
        if (made) made.comment = comments.items.get(item) ?? null;
      } else this.#column(comments.items.get(item) ?? null);
      // A grammar newer than this reader: pass over what it does not know.
      if (cursor.offset === before) cursor.next();
    }
    const { columns, constraints, foreignKeys } = this;
    return { columns, constraints, foreignKeys, options: this.#tableOptions(), comment: comments.table };
  }

  #tableOptions(): Options {
    const cursor = this.#cursor;
    const options: Record<string, string> = {};
    while (!cursor.done) {
      if (cursor.skip("without", "rowid")) options["without_rowid"] = "true";
      else if (cursor.skip("strict")) options["strict"] = "true";
      else cursor.next();
    }
    return options;
  }

  #column(comment: string | null): void {
    const cursor = this.#cursor;
    const column: ColumnText = { name: cursor.name(), collation: null, generated: null, options: {}, comment };
    this.columns.push(column);
    cursor.until(",", ...COLUMN_WORDS);
    while (!cursor.done && cursor.peek() !== "," && cursor.peek() !== ")") {
      if (cursor.peek() === "foreign") return;
      this.#columnConstraint(column);
    }
    this.#name = null;
  }

  #columnConstraint(column: ColumnText): void {
    const cursor = this.#cursor;
    if (cursor.skip("constraint")) this.#name = cursor.name();
    else if (cursor.skip("primary", "key")) this.#inlineKey("primary", column);
    else if (cursor.skip("unique")) this.#inlineKey("unique", column);
    else if (cursor.skip("not", "null")) this.#notNull(column);
    else if (cursor.skip("null")) this.#conflict();
    else if (cursor.skip("check", "(")) this.#check();
    else if (cursor.skip("collate")) column.collation = cursor.name();
    else if (cursor.skip("references")) this.#references([column.name]);
    else if (cursor.skip("as", "(") || cursor.skip("generated", "always", "as", "(")) column.generated = cursor.inside();
    else if (cursor.skip("default")) this.#default();
    else if (!this.#deferrable()) cursor.next();
  }

  #takeName(): string | null {
    const name = this.#name;
    this.#name = null;
    return name;
  }

  /** `ON CONFLICT x`, as an option. */
  #conflict(): Record<string, string> {
    return this.#cursor.skip("on", "conflict") ? { on_conflict: this.#cursor.name().toUpperCase() } : {};
  }

  #notNull(column: ColumnText): void {
    const name = this.#takeName();
    const conflict = this.#conflict()["on_conflict"];
    if (name !== null) column.options["not_null_name"] = name;
    if (conflict !== undefined) column.options["not_null_conflict"] = conflict;
  }

  /** A default's value is the pragma's to say; here it is only passed over. */
  #default(): void {
    const cursor = this.#cursor;
    if (cursor.skip("(")) cursor.inside();
    else {
      const sign = cursor.skip("-") || cursor.skip("+");
      const blob = !sign && cursor.peek() === "x" && cursor.text[cursor.offset + 1] === "'";
      cursor.next();
      if (blob) cursor.next();
    }
    this.#name = null;
  }

  #inlineKey(kind: KeyText["kind"], column: ColumnText): void {
    const cursor = this.#cursor;
    const name = this.#takeName();
    const order = cursor.skip("desc") ? { order: "desc" } : {};
    cursor.skip("asc");
    const conflict = this.#conflict();
    const counter = cursor.skip("autoincrement") ? { autoincrement: "true" } : {};
    const options = { inline: "true", ...order, ...conflict, ...counter };
    this.constraints.push({ kind, name, columns: [column.name], options, comment: null });
  }

  #check(): void {
    const expression = this.#cursor.inside();
    this.#conflict();
    this.constraints.push({ kind: "check", name: this.#takeName(), expression, comment: null });
  }

  #tableConstraint(): void {
    const cursor = this.#cursor;
    if (cursor.skip("constraint")) this.#name = cursor.name();
    if (cursor.skip("primary", "key", "(")) this.#key("primary");
    else if (cursor.skip("unique", "(")) this.#key("unique");
    else if (cursor.skip("check", "(")) this.#check();
    else if (cursor.skip("foreign", "key", "(")) {
      const columns = this.#names();
      cursor.skip("references");
      this.#references(columns);
    }
  }

  #names(): string[] {
    const names: string[] = [];
    while (!this.#cursor.done && !this.#cursor.skip(")")) {
      if (!this.#cursor.skip(",")) names.push(this.#cursor.name());
    }
    return names;
  }

  #key(kind: KeyText["kind"]): void {
    const cursor = this.#cursor;
    const parts: { name: string; collation: string; order: string }[] = [];
    let counter = {};
    while (!cursor.done && !cursor.skip(")")) {
      if (cursor.skip(",")) continue;
      const name = cursor.name();
      const collation = cursor.skip("collate") ? cursor.name() : "";
      const order = cursor.skip("desc") ? "desc" : "asc";
      cursor.skip("asc");
      // Written back it stands in its column's line, where it means the same.
      if (cursor.skip("autoincrement")) counter = { inline: "true", autoincrement: "true" };
      parts.push({ name, collation, order });
    }
    const orders = parts.some(({ order }) => order === "desc") ? { order: parts.map(({ order }) => order).join(",") } : {};
    const collate = parts.some(({ collation }) => collation) ? { collate: parts.map((part) => part.collation).join(",") } : {};
    const options: Options = { ...orders, ...collate, ...this.#conflict(), ...counter };
    this.constraints.push({ kind, name: this.#takeName(), columns: parts.map(({ name }) => name), options, comment: null });
  }

  /** After REFERENCES: the target is the pragma's to say; MATCH and DEFERRABLE are only here. */
  #references(columns: readonly string[]): void {
    const cursor = this.#cursor;
    let match: ForeignKeyText["match"] = "simple";
    cursor.name();
    if (cursor.skip("(")) cursor.inside();
    for (;;) {
      if (cursor.skip("match")) match = cursor.name().toLowerCase() === "full" ? "full" : "simple";
      else if (cursor.skip("on", "delete") || cursor.skip("on", "update")) {
        if (!cursor.skip("set", "null") && !cursor.skip("set", "default") && !cursor.skip("no", "action")) cursor.next();
      } else break;
    }
    this.foreignKeys.push({ name: this.#takeName(), columns, match, deferrable: "no", comment: null });
    this.#deferrable();
  }

  #deferrable(): boolean {
    const cursor = this.#cursor;
    const not = cursor.peek() === "not" && cursor.peek(1) === "deferrable";
    if (not) cursor.next();
    if (!cursor.skip("deferrable")) return false;
    const deferred = cursor.skip("initially", "deferred");
    cursor.skip("initially", "immediate");
    const key = this.foreignKeys.at(-1);
    if (key) key.deferrable = not ? "no" : deferred ? "deferred" : "immediate";
    return true;
  }
}

export function readTableText(sql: string): TableText {
  return new TableReader(sql).read();
}
