/**
 * This part is in charge of keeping an engine in step with a design, and of what the engine says about it.
 *
 * The design lives in one open transaction on an empty database. An edit is tried in place, as the statements of its changes; what
 * is refused stays out, and is tried again with the next edit. Where an edit cannot be made in place, or its refusal might be an
 * accident of how the design came about, everything is rolled back and run from nothing.
 */
import type { Dialect, Engine, EngineError, Fix, Statement } from "../dialects/dialect.ts";
import { diff } from "../diff/index.ts";
import { apply, type Change, type ColumnId, type EntityRef, lookup, type Schema, type TableId } from "../model/index.ts";
import type { Problem } from "../result/index.ts";

export interface Refused {
  readonly problem: Problem;
  readonly sql: string;
  readonly about: EntityRef | null;
  readonly fix: Fix | null;
}

const SAVEPOINT = "drawbridge";
/** Around the statements of one change. */
const CHANGE = "drawbridge_change";

/**
 * Refusals that a design run from nothing would meet as well, so that an edit tried in place may be believed: a type, table or
 * column that is not there, names used twice, keys that do not fit, values and expressions that make no sense.
 */
const BELIEVED: ReadonlySet<string> = new Set([
  "42704",
  "42P01",
  "42703",
  "42883",
  "42830",
  "42701",
  "42P07",
  "42710",
  "22P02",
  "42601",
  "3F000",
]);
const TYPES_DIFFER = "42804";

export class Prover {
  readonly #dialect: Dialect;
  readonly #engine: Engine;
  /** The part of the design that the engine holds: all that it accepted. Null when only a rebuild can tell. */
  #held: Schema | null = null;
  #open = false;

  constructor(dialect: Dialect, engine: Engine) {
    this.#dialect = dialect;
    this.#engine = engine;
  }

  /** The engine's refusals of a design as it stands; none when it accepts all of it. */
  async prove(schema: Schema): Promise<readonly Refused[]> {
    const refused = (this.#held && (await this.#step(this.#held, schema))) ?? (await this.#rebuild(schema));
    return [...refused, ...(await this.#verify())];
  }

  /** What the engine let pass and will refuse when it is used. */
  async #verify(): Promise<readonly Refused[]> {
    if (!this.#dialect.verify || !this.#held) return [];
    const findings = await this.#dialect.verify(this.#engine.query, this.#held);
    return findings.map((finding) => ({ ...finding, about: finding.problem.about as EntityRef | null }));
  }

  /** Tries an edit in place. Null when that cannot be done, or leaves a doubt. */
  async #step(before: Schema, after: Schema): Promise<readonly Refused[] | null> {
    const ddl = await this.#dialect.ddl();
    const context = { before, after };
    const steps: { readonly change: Change; readonly statements: readonly Statement[] }[] = [];
    for (const change of ddl.order(diff(before, after), context)) {
      const statements = ddl.change(change, context);
      if (statements === null) return null;
      steps.push({ change, statements });
    }
    const statements = steps.flatMap((step) => step.statements);
    if (await this.#tryAll(statements)) {
      this.#held = after;
      return [];
    }
    const refused: Refused[] = [];
    const missing = new Set<string>();
    const accepted: Change[] = [];
    for (const { change, statements: some } of steps) {
      const failed = await this.#wholeOrNothing(some);
      if (!failed) accepted.push(change);
      else if (!believed(failed.error, failed.statement) || leavesOld(change)) return null;
      else await this.#note(failed, after, missing, refused);
    }
    this.#held = apply(before, accepted);
    return refused;
  }

  /** All statements or none of them. */
  async #tryAll(statements: readonly Statement[]): Promise<boolean> {
    if (statements.length === 0) return true;
    await this.#engine.exec(`savepoint ${SAVEPOINT}`);
    try {
      await this.#engine.exec(statements.map(({ sql }) => sql).join(";\n"));
      await this.#engine.exec(`release savepoint ${SAVEPOINT}`);
      return true;
    } catch {
      await this.#engine.exec(`rollback to savepoint ${SAVEPOINT}`);
      return false;
    }
  }

  /** The statements of one change, one by one: half a change must not stay in the engine. */
  async #wholeOrNothing(statements: readonly Statement[]): Promise<Failed | null> {
    await this.#engine.exec(`savepoint ${CHANGE}`);
    for (const statement of statements) {
      const error = await this.#tryOne(statement.sql);
      if (!error) continue;
      await this.#engine.exec(`rollback to savepoint ${CHANGE}`);
      return { statement, error };
    }
    await this.#engine.exec(`release savepoint ${CHANGE}`);
    return null;
  }

  /** Adds a refusal to the list, unless it only follows from one that is there. */
  async #note({ statement, error }: Failed, schema: Schema, missing: Set<string>, refused: Refused[]): Promise<void> {
    const diagnose = await this.#dialect.diagnose();
    // It fails only because something refused before it is not there.
    const consequence = diagnose.missing(error, statement)?.some((name) => missing.has(name)) ?? false;
    for (const name of namesOf(statement.about, schema)) missing.add(name);
    if (consequence) return;
    const problem = diagnose.refusal(error, statement, schema);
    refused.push({ problem, sql: statement.sql, about: statement.about, fix: diagnose.fix(error, statement, schema) });
  }

  async #begin(): Promise<void> {
    if (this.#open) await this.#engine.exec("rollback");
    await this.#engine.exec("begin");
    this.#open = true;
    const [settings] = (await this.#dialect.ddl()).script([]).split("\n\n");
    if (settings?.trim()) await this.#engine.exec(settings);
  }

  async #rebuild(schema: Schema): Promise<readonly Refused[]> {
    const statements = (await this.#dialect.ddl()).create(schema);
    await this.#begin();
    try {
      // All at once is several times faster than one by one; the slow way is for finding out who is refused.
      await this.#engine.exec(statements.map(({ sql }) => sql).join(";\n"));
      this.#held = schema;
      return [];
    } catch {
      await this.#begin();
      return this.#oneByOne(statements, schema);
    }
  }

  async #oneByOne(statements: readonly Statement[], schema: Schema): Promise<readonly Refused[]> {
    const refused: Refused[] = [];
    const missing = new Set<string>();
    const out: Statement[] = [];
    for (const statement of statements) {
      const error = await this.#tryOne(statement.sql);
      if (!error) continue;
      out.push(statement);
      await this.#note({ statement, error }, schema, missing, refused);
    }
    this.#held = without(schema, out);
    return refused;
  }

  async #tryOne(sql: string, tries = 4): Promise<EngineError | null> {
    await this.#engine.exec(`savepoint ${SAVEPOINT}`);
    try {
      await this.#engine.exec(sql);
      await this.#engine.exec(`release savepoint ${SAVEPOINT}`);
      return null;
    } catch (thrown) {
      await this.#engine.exec(`rollback to savepoint ${SAVEPOINT}`);
      const error = thrown as EngineError;
      const again = tries > 0 ? await this.#dialect.provide(this.#engine, error, sql) : null;
      return again === null ? error : this.#tryOne(again, tries - 1);
    }
  }
}

interface Failed {
  readonly statement: Statement;
  readonly error: EngineError;
}

function believed(error: EngineError, statement: Statement): boolean {
  if (BELIEVED.has(error.code ?? "")) return true;
  return error.code === TYPES_DIFFER && (statement.about?.entity === "foreignKey" || /\bset default\b/i.test(statement.sql));
}

/** What others may stand on, and would find in its old form although the design has none. */
function leavesOld({ kind, entity }: Change): boolean {
  return kind === "alter" && (entity === "type" || entity === "view" || entity === "verbatim");
}

/** The design less what refused statements were to make; null when a refused statement only alters something. */
function without(schema: Schema, refused: readonly Statement[]): Schema | null {
  const gone = new Set<string>();
  for (const { about, sql } of refused) {
    if (!about || (!/^create\b/i.test(sql) && about.entity !== "foreignKey")) return null;
    gone.add(about.id);
  }
  const here = <T extends { readonly id: string }>(list: readonly T[]): T[] => list.filter(({ id }) => !gone.has(id));
  const tables = here(schema.tables).map((table) => ({ ...table, indexes: here(table.indexes) }));
  const ids = new Set<string>(tables.map(({ id }) => id));
  return {
    ...schema,
    namespaces: here(schema.namespaces),
    types: here(schema.types),
    sequences: here(schema.sequences),
    views: here(schema.views),
    verbatim: here(schema.verbatim),
    tables,
    foreignKeys: here(schema.foreignKeys).filter(({ tableId, refTableId }) => ids.has(tableId) && ids.has(refTableId)),
  };
}

/** Names under which others would miss what a refused statement was to make. */
function namesOf(about: EntityRef | null, schema: Schema): string[] {
  if (!about) return [];
  const find = lookup(schema);
  const table = find.table(about.id as TableId);
  if (table) return [table.name];
  const column = about.entity === "column" && find.column(about.ownerId as TableId, about.id as ColumnId);
  if (column) return [column.name];
  const lists = [schema.types, schema.views, schema.sequences, schema.verbatim, schema.namespaces];
  return lists.flatMap((list) => list.filter(({ id }) => id === about.id).map(({ name }) => name.replace(/\(.*$/, "")));
}
