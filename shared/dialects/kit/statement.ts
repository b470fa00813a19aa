/** Builds one statement and remembers which stretch of it speaks of which entity. */
import type { EntityRef } from "../../model/index.ts";
import type { Statement } from "../dialect.ts";

type Mark = Statement["marks"][number];

export class StatementBuilder {
  #sql = "";
  readonly #marks: Mark[] = [];

  /** Appends text; with `about`, an engine's error position inside it points at that entity. */
  add(text: string, about: EntityRef | null = null): this {
    if (about) this.#marks.push({ start: this.#sql.length, end: this.#sql.length + text.length, about });
    this.#sql += text;
    return this;
  }

  /** Appends parts with a separator between them. */
  list(parts: readonly { readonly text: string; readonly about?: EntityRef | null }[], separator: string): this {
    parts.forEach(({ text, about }, at) => {
      if (at > 0) this.add(separator);
      this.add(text, about ?? null);
    });
    return this;
  }

  done(about: EntityRef | null, transactional = true): Statement {
    return { sql: this.#sql, about, marks: this.#marks, transactional };
  }
}

/** A statement that speaks of one entity as a whole. */
export function statement(sql: string, about: EntityRef | null = null, transactional = true): Statement {
  return { sql, about, marks: [], transactional };
}

/** The entity that an error position in a statement points at; the statement's own where no mark covers it. */
export function aboutPosition(of: Statement, position: number | null): EntityRef | null {
  if (position === null) return of.about;
  return of.marks.find(({ start, end }) => position >= start && position < end)?.about ?? of.about;
}
