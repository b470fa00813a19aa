/**
 * Changes of a database that has rows (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"). A table that cannot
 * be altered is moved aside, made anew, filled from what was moved, and only then is that dropped. The manual makes the new one first and
 * drops the old one before the new one has its name: a client that goes on after an error would then drop rows that were not copied. Here
 * what follows a copy that failed finds nothing to drop. Names that others use are left alone while tables move (legacy_alter_table);
 * what speaks of something that is called otherwise now is made again as well.
 */
import { lookup, type Schema, type Table, type TableId, type View } from "../../../model/index.ts";
import type { Keeping, Statement } from "../../dialect.ts";
import { inOrderOfNeed } from "../../kit/sort.ts";
import { statement } from "../../kit/statement.ts";
import { FOREIGN_KEY } from "../names.ts";
import { identifier } from "../quote.ts";
import { copyOf, mayFail } from "./copy.ts";
import { createIndex, createVerbatim, createView } from "./objects.ts";
import { createTable } from "./tables.ts";

interface Sides {
  readonly before: Schema;
  readonly after: Schema;
}

interface Pair {
  readonly old: Table;
  readonly table: Table;
}

const plain = (sql: string, id: string): Statement => statement(sql, { entity: "table", id, ownerId: null });

/** A name that nothing has. */
function freeNames({ before, after }: Sides): (wanted: string) => string {
  const taken = new Set(
    [before, after].flatMap(({ tables, views }) => [
      ...[...tables, ...views].map(({ name }) => name.toLowerCase()),
      ...tables.flatMap(({ indexes }) => indexes.map(({ name }) => name.toLowerCase())),
    ]),
  );
  return (wanted) => {
    let name = wanted;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted}_${String(number)}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

/** What stands in CREATE TABLE but for the table's name. */
const bodyOf = (table: Table, schema: Schema): string =>
  createTable(table, schema).sql.replace(`TABLE ${identifier(table.name)} `, "");

class Moves {
  readonly #sides: Sides;
  readonly #free: (wanted: string) => string;
  readonly #kept: readonly Pair[];
  /** Those that are made again, by id. */
  readonly #remade: ReadonlyMap<string, Pair>;
  readonly impossible: string[] = [];

  constructor(sides: Sides) {
    this.#sides = sides;
    this.#free = freeNames(sides);
    const was = lookup(sides.before);
    this.#kept = sides.after.tables.flatMap((table) => {
      const old = was.table(table.id);
      return old ? [{ old, table }] : [];
    });
    const differs = ({ old, table }: Pair): boolean => bodyOf(old, sides.before) !== bodyOf(table, sides.after);
    this.#remade = new Map(this.#kept.filter(differs).flatMap((pair) => (this.#isVirtual(pair) ? [] : [[pair.table.id, pair]])));
  }

  /** A virtual table holds its rows in ways of its own. */
  #isVirtual({ old, table }: Pair): boolean {
    const virtual = old.kind === "virtual" || table.kind === "virtual";
    if (virtual) this.impossible.push(`virtual table ${old.name}`);
    return virtual;
  }

  get copied(): readonly Table[] {
    return [...this.#remade.values()].map(({ table }) => table);
  }

  get risks(): readonly string[] {
    return [...this.#remade.values()].flatMap(({ old, table }) => mayFail(old, table));
  }

  statements(): readonly Statement[] {
    return [...this.#dropped(), ...this.#renamed(), ...this.#moved(), ...this.#made(), ...this.#standing()];
  }

  /** Views that are gone or said otherwise, triggers and indexes likewise, then tables. */
  #dropped(): Statement[] {
    const { before, after } = this.#sides;
    const is = lookup(after);
    const views = before.views
      .filter((view) => this.#gone(view))
      .map((view) => plain(`DROP VIEW ${identifier(view.name)}`, view.id));
    const lost = new Set<string>([
      ...before.tables.filter(({ id }) => !is.table(id) || this.#remade.has(id)).map(({ id }) => id),
      ...before.views.filter((view) => this.#gone(view)).map(({ id }) => id),
    ]);
    const now = new Map(after.verbatim.map((object) => [object.id, object.definition]));
    const triggers: Statement[] = [];
    for (const { id, kind, name, ownerId, definition } of before.verbatim) {
      if (kind === FOREIGN_KEY || now.get(id) === definition) continue;
      if (kind !== "trigger") this.impossible.push(`${kind} ${name}`);
      else if (!lost.has(ownerId ?? "")) triggers.push(plain(`DROP TRIGGER ${identifier(name)}`, id));
    }
    const indexes = this.#kept
      .filter(({ table }) => !this.#remade.has(table.id))
      .flatMap(({ old, table }) => {
        const kept = new Set(table.indexes.map((index) => createIndex(index, table).sql));
        return old.indexes.filter((index) => !kept.has(createIndex(index, { ...old, name: table.name }).sql));
      });
    const tables = before.tables.filter(({ id }) => !is.table(id));
    return [
      ...triggers,
      ...views,
      ...indexes.map(({ id, name }) => plain(`DROP INDEX ${identifier(name)}`, id)),
      ...tables.map(({ id, name }) => plain(`DROP TABLE ${identifier(name)}`, id)),
    ];
  }

  #gone(view: View): boolean {
    const now = this.#sides.after.views.find(({ id }) => id === view.id);
    return !now || createView(now).sql !== createView(view).sql;
  }

  /** Two tables may change names with each other: all go by a name of their own where one is taken. */
  #renamed(): Statement[] {
    const pairs = this.#kept.filter(({ old, table }) => old.name !== table.name && !this.#remade.has(table.id));
    const names = new Set(this.#kept.map(({ old }) => old.name.toLowerCase()));
    const crossed = pairs.some(({ table }) => names.has(table.name.toLowerCase()));
    const rename = (from: string, to: string, id: TableId): Statement =>
      plain(`ALTER TABLE ${identifier(from)} RENAME TO ${identifier(to)}`, id);
    if (!crossed) return pairs.map(({ old, table }) => rename(old.name, table.name, table.id));
    const between = pairs.map(({ old }) => this.#free(`before_${old.name}`));
    return [
      ...pairs.map(({ old, table }, at) => rename(old.name, between[at] ?? "", table.id)),
      ...pairs.map(({ table }, at) => rename(between[at] ?? "", table.name, table.id)),
    ];
  }

  /** Tables that are made again, with their rows. */
  #moved(): Statement[] {
    const pairs = [...this.#remade.values()];
    if (pairs.length === 0) return [];
    const guard = this.#free("rows_left_behind");
    const aside = pairs.map(({ old }) => this.#free(`before_${old.name}`));
    return [
      plain(`CREATE TEMP TABLE ${identifier(guard)} (number INTEGER CHECK (number = 0))`, guard),
      ...pairs.map(({ old, table }, at) =>
        plain(`ALTER TABLE ${identifier(old.name)} RENAME TO ${identifier(aside[at] ?? "")}`, table.id),
      ),
      ...pairs.flatMap(({ old, table }, at) => [
        createTable(table, this.#sides.after),
        ...copyOf({ old, table, from: aside[at] ?? "", guard }).map((sql) => plain(sql, table.id)),
      ]),
      plain(`DROP TABLE temp.${identifier(guard)}`, guard),
    ];
  }

  #made(): Statement[] {
    const was = lookup(this.#sides.before);
    return this.#sides.after.tables.filter(({ id }) => !was.table(id)).map((table) => createTable(table, this.#sides.after));
  }

  /** What stands on tables: indexes, views, triggers. */
  #standing(): Statement[] {
    const { before, after } = this.#sides;
    const was = lookup(before);
    const indexes = after.tables.flatMap((table) => {
      const old = this.#remade.has(table.id) ? null : was.table(table.id);
      const known = new Set(old?.indexes.map((index) => createIndex(index, { ...old, name: table.name }).sql));
      return table.indexes.map((index) => createIndex(index, table)).filter(({ sql }) => !known.has(sql));
    });
    const fresh = after.views.filter((view) => {
      const old = before.views.find(({ id }) => id === view.id);
      return !old || this.#gone(old);
    });
    const views = inOrderOfNeed(fresh.map((view) => ({ id: view.id, needs: view.dependsOn, value: view })));
    const again = new Set<string>([...this.#remade.keys(), ...fresh.map(({ id }) => id)]);
    const known = new Map(before.verbatim.map((object) => [object.id, object.definition]));
    const objects = after.verbatim.filter(({ id, kind, ownerId, definition }) => {
      if (kind === FOREIGN_KEY) return false;
      return kind === "trigger" ? again.has(ownerId ?? "") || known.get(id) !== definition : !known.has(id);
    });
    return [...indexes, ...views.map(createView), ...objects.map(createVerbatim)];
  }
}

/** The statements that lead from one schema to another, the same things under the same ids, with the rows that are there. */
export function keeping(sides: Sides): Keeping {
  const moves = new Moves(sides);
  const statements = moves.statements();
  const { copied, risks, impossible } = moves;
  return { statements, copied: copied.map(({ name }) => name), risks, impossible: [...new Set(impossible)] };
}

const SETTINGS = ["PRAGMA foreign_keys = OFF;", "PRAGMA legacy_alter_table = ON;"];

/** All or nothing, and rows are checked where foreign keys were asleep; settings end at the blank line. */
export const keepingScript = (body: string): string =>
  [
    ...SETTINGS,
    "",
    "BEGIN TRANSACTION;",
    "",
    body,
    "PRAGMA foreign_key_check;",
    "COMMIT;",
    "",
    "PRAGMA legacy_alter_table = OFF;",
    "",
  ].join("\n");
