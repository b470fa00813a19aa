/** What is read of a live database: the two lists of names, and the whole model. */
import type { Schema } from "#shared/model/index.ts";
import { fail, ok, problem, type Problem, type Result, sentence } from "#shared/result/index.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { select, type Selection } from "./drawdb/selection.ts";
import type { Caller, Connector, ConnectRequest } from "./live/connector.ts";
import type { Limits, LiveSession } from "./live/session.ts";
import { onDatabase } from "./request.ts";

/** A model with where it came from. */
export interface Introspected {
  readonly dialect: Dialect;
  readonly version: string;
  readonly encrypted: boolean;
  readonly schema: Schema;
  readonly problems: readonly Problem[];
  /** Those of them that are about the reading as a whole. */
  readonly remarks: readonly Problem[];
}

/** A server and the databases on it. */
export interface Found {
  readonly dialect: Dialect;
  readonly version: string;
  readonly encrypted: boolean;
  readonly databases: readonly string[];
}

/** SQLSTATEs of a lobby that is not there or closed: some servers have none. */
const NO_LOBBY: ReadonlySet<unknown> = new Set(["3D000", "42501"]);

/** What a reading tells while it goes on. */
export interface Steps {
  readonly connected: (session: LiveSession) => void;
  /** Answers of the server so far. */
  readonly answered: (answers: number) => void;
}

const QUIET: Steps = { connected: () => undefined, answered: () => undefined };

export class Reader {
  readonly #connector: Connector;
  readonly #limits: Limits;

  constructor(connector: Connector, limits: Limits) {
    this.#connector = connector;
    this.#limits = limits;
  }

  /** Connects and asks for nothing. */
  ping(request: ConnectRequest, caller: Caller): Promise<Result<unknown>> {
    return this.#connector.use(request, caller, (session) => session.read((run) => run("select 1"), caller.gone));
  }

  databases(request: ConnectRequest, caller: Caller): Promise<Result<readonly string[]>> {
    const { engine, login } = request;
    return this.#connector.use(request, caller, (session) =>
      session.read((run) => engine.databases(run, login.database), caller.gone),
    );
  }

  /** Connects and lists the databases; where none was named, from the engine's lobby if it has one that is open. */
  async look(request: ConnectRequest, caller: Caller): Promise<Result<Found>> {
    const { engine, login } = request;
    const ask = (asked: ConnectRequest): Promise<Result<Found>> =>
      this.#connector.use(asked, caller, async ({ dialect, version, encrypted, read }) => {
        const listed = await read((run) => engine.databases(run, login.database), caller.gone);
        return listed.ok ? ok({ dialect, version, encrypted, databases: listed.value }) : listed;
      });
    if (login.database !== null || engine.lobby === null) return ask(request);
    const found = await ask(onDatabase(request, engine.lobby));
    return found.ok || !NO_LOBBY.has(found.problem.params["code"]) ? found : ask(request);
  }

  tables(request: ConnectRequest, database: string, caller: Caller): Promise<Result<readonly string[]>> {
    return this.#connector.use(onDatabase(request, database), caller, (session) =>
      session.read((run) => request.engine.tables(run, database), caller.gone),
    );
  }

  /** The model of the connection's database; no namespaces means those that the engine reads by itself. */
  introspect(
    request: ConnectRequest,
    chosen: readonly string[],
    caller: Caller,
    steps: Steps = QUIET,
  ): Promise<Result<Introspected>> {
    const namespaces = chosen.length > 0 ? chosen : request.engine.scope(request.login.database);
    return this.#connector.use(request, caller, async (session) => {
      steps.connected(session);
      let answers = 0;
      const read = await session.read(
        (run) =>
          session.dialect.catalog.introspect(
            async (sql, params) => {
              const rows = await run(sql, params);
              answers += 1;
              steps.answered(answers);
              return rows;
            },
            { namespaces },
          ),
        caller.gone,
      );
      if (!read.ok) return read;
      const { value: schema, problems } = read.value;
      const [count, limit] = [schema.tables.length, this.#limits.tables];
      if (count > limit) return fail(problem("live.too-many-tables", "error", { count, limit }));
      const { dialect, version, encrypted, remarks } = session;
      return ok({ dialect, version, encrypted, schema, problems: [...remarks, ...problems], remarks });
    });
  }

  /** The chosen tables of a database, as DrawDB's server sees them. */
  async select(request: ConnectRequest, database: string, tables: readonly string[], caller: Caller): Promise<Result<Selection>> {
    const namespace = request.engine.namespace(database);
    const read = await this.introspect(onDatabase(request, database), [], caller);
    if (!read.ok) return read;
    const { schema, dialect, remarks } = read.value;
    const selection = select({ schema, dialect, words: request.engine.words }, namespace, tables);
    return ok({ ...selection, remarks: [...remarks.map(sentence), ...selection.remarks] });
  }
}
