/**
 * What DrawDB's contract promises of every engine, row by row (its tables A3 to A6): statuses, sentences, shapes, and what must not
 * appear. An engine brings its database and what it calls the same things.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseClient, type DatabaseClient } from "./database-client.ts";
import { type RunningServer, startServer } from "./server.ts";

/** A field of the contract's `schema` object. */
export interface ExpectedField {
  readonly name: string;
  readonly type: string;
  readonly size: number | string | null;
  readonly nullable: boolean;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly primary: boolean;
  readonly autoIncrement: boolean;
  readonly unique: boolean;
  readonly comment: string | null;
}

/** A database with the tables `customers` and `orders`, where `orders.customer_id` leads to `customers.id`, deleting with it. */
export interface Place {
  readonly connection: Record<string, unknown>;
  readonly type: string;
  /** What the server calls itself: `PostgreSQL 15`. */
  readonly version: RegExp;
  /** The name of the database, and all that are listed for the connection. */
  readonly database: string;
  readonly databases: readonly string[];
  readonly tables: readonly string[];
  /** What DrawDB calls it. */
  readonly drawdb: string;
  readonly orders: readonly ExpectedField[];
  readonly foreignKey: string;
  readonly updateRule: "NO ACTION" | "RESTRICT";
  /** The DBML of `customers` and `orders` without its head. */
  readonly dbml: string;
  /** The first field of `customers` in a diagram, without its id. */
  readonly key: Record<string, unknown>;
  /** A database that is not there, and what is said of it. */
  readonly missing: readonly [name: string, error: string];
  /** Texts that must appear in no answer and no log line. */
  readonly secrets: readonly string[];
  readonly config: Parameters<typeof startServer>[0];
  readonly close: () => Promise<void>;
}

const HOUR = 60 * 60 * 1000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ASKED = ["customers", "orders"];

/** Declares the tests; `open` gives null where the engine cannot be had, and has said so. */
export function databaseSuite(engine: string, open: () => Promise<Place | null>): void {
  describe(engine, () => {
    let place: Place | null = null;
    let server: RunningServer;
    let late = 0;
    const client = databaseClient(
      () => server,
      () => here().connection,
    );
    const here = (): Place => {
      if (place === null) throw new Error("there is no database");
      return place;
    };

    beforeAll(async () => {
      place = await open();
      server = await startServer(place?.config ?? {}, {}, undefined, { now: () => Date.now() + late });
    });
    afterAll(async () => {
      await server.close();
      await place?.close();
    });

    const row = (title: string, test: (client: DatabaseClient, place: Place) => Promise<void>): void => {
      it(title, async ({ skip }) => {
        if (place === null) return skip(`no ${engine} could be started here`);
        await test(client, place);
      });
    };

    sessionRows(row, { gist: async (id) => (await fetch(`${server.address}/api/gists/${id}`)).json() });
    statelessRows(row);
    introspectRows(row);

    row(
      "a connection lasts an hour after its last use and a day at most; then it is said to be gone",
      async ({ call, connect }) => {
        const headers = await connect();
        const connected = async (): Promise<unknown> => (await call("GET", "/status", undefined, headers)).body["connected"];
        for (let hours = 0; hours < 23; hours += 1) {
          late += HOUR - 60_000;
          expect(await connected()).toBe(true);
        }
        late += 2 * HOUR;
        const { body } = await call("GET", "/status", undefined, headers);
        expect(body).toEqual({ connected: false, connectionId: null, databaseType: null, connectedAt: null });
        for (const [method, path, asked] of [
          ["GET", "/databases"],
          ["GET", "/tables/x"],
          ["POST", "/schema", { database: "x", tables: [] }],
          ["POST", "/generate-dbml", { database: "x", tables: [] }],
        ] as const) {
          const answer = await call(method, path, asked, headers);
          expect([answer.status, answer.body]).toEqual([500, { success: false, error: "Connection not found" }]);
        }
        const second = await connect();
        late += HOUR + 1;
        expect((await call("GET", "/status", undefined, second)).body["connected"]).toBe(false);
      },
    );

    row("no answer and no log line holds a password, a row of a table or a stack", async ({ said }, { secrets }) => {
      const everything = said();
      expect(everything.length).toBeGreaterThan(1000);
      for (const secret of [...secrets, "node_modules", "    at ", "/server/introspect"])
        expect(everything).not.toContain(secret);
    });
  });
}

type Row = (title: string, test: (client: DatabaseClient, place: Place) => Promise<void>) => void;

const entries = (names: readonly string[]) => names.map((name) => ({ name, type: "database" }));
const tablesOf = (names: readonly string[]) => names.map((name) => ({ name, type: "table", rowCount: null, size: null }));

function sessionRows(row: Row, { gist }: { readonly gist: (id: string) => Promise<unknown> }): void {
  row("1, 7, 8: connects, tells its status and forgets", async ({ call, fields }, { type }) => {
    const { status, body, cookie } = await call("POST", "/connect", fields());
    expect(status).toBe(200);
    const connectionId = expect.stringMatching(UUID) as string;
    expect(body).toEqual({ success: true, message: "Connected successfully", connectionId, databaseType: type });
    const headers = { cookie: (cookie ?? "").split(";")[0] ?? "" };
    expect((await call("GET", "/status", undefined, headers)).body).toEqual({
      connected: true,
      connectionId: body["connectionId"],
      databaseType: type,
      connectedAt: expect.stringMatching(ISO) as string,
    });
    const gone = await call("POST", "/disconnect", {}, headers);
    expect(gone.body).toEqual({ success: true, message: "Disconnected successfully" });
    expect((await call("GET", "/status", undefined, headers)).body["connected"]).toBe(false);
    expect((await call("GET", "/databases", undefined, headers)).status).toBe(400);
  });

  row("1: never takes up an id that a browser brought", async ({ call, fields }) => {
    const planted = `sessionid=${"A".repeat(43)}`;
    const { cookie } = await call("POST", "/connect", fields(), { cookie: planted });
    expect(cookie).not.toContain("AAAA");
    expect((await call("GET", "/status", undefined, { cookie: planted })).body["connected"]).toBe(false);
  });

  row("2, 3: lists databases and tables", async ({ call, connect }, { database, databases, tables, missing }) => {
    const headers = await connect();
    const listed = await call("GET", "/databases", undefined, headers);
    expect([listed.status, listed.body]).toEqual([200, { success: true, databases: entries(databases) }]);
    const found = await call("GET", `/tables/${encodeURIComponent(database)}`, undefined, headers);
    expect([found.status, found.body]).toEqual([200, { success: true, database, tables: tablesOf(tables) }]);
    const absent = await call("GET", `/tables/${encodeURIComponent(missing[0])}`, undefined, headers);
    expect([absent.status, absent.body]).toEqual([500, { success: false, error: missing[1] }]);
  });

  row("4: gives the schema with the seed's fields and the observed ones", async ({ call, connect }, place) => {
    const { database, orders, foreignKey, updateRule } = place;
    const headers = await connect();
    for (const asked of [{}, { database }, { tables: ["orders"] }]) {
      const refused = await call("POST", "/schema", asked, headers);
      const error = "Database name and tables array are required";
      expect([refused.status, refused.body]).toEqual([400, { success: false, error }]);
    }
    const { status, body } = await call("POST", "/schema", { database, tables: ["orders", "customers"] }, headers);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["success", "database", "selectedTables", "schema"]);
    expect(body).toMatchObject({ success: true, database, selectedTables: ["orders", "customers"] });
    const schema = body["schema"] as { tables: Record<string, unknown>[]; relationships: unknown[] };
    expect(Object.keys(schema)).toEqual(["tables", "relationships"]);
    expect(schema.tables.map(({ name }) => name)).toEqual(["orders", "customers"]);
    expect(Object.keys(schema.tables[0] ?? {})).toEqual(["name", "comment", "fields", "indexes"]);
    expect(schema.tables[0]?.["fields"]).toEqual(orders);
    const relation = { fromTable: "orders", fromColumn: "customer_id", toTable: "customers", toColumn: "id" };
    expect(schema.relationships).toEqual([{ ...relation, constraintName: foreignKey, updateRule, deleteRule: "CASCADE" }]);
  });

  row("4: leaves out a key to a table that was not chosen, and says so", async ({ call, connect }, { database, foreignKey }) => {
    const { body } = await call("POST", "/schema", { database, tables: ["orders", "gone"] }, await connect());
    expect(body["schema"]).toMatchObject({ tables: [{ name: "orders" }, { name: "gone", fields: [] }], relationships: [] });
    const remark = `The foreign key ${foreignKey} of orders is left out: customers was not selected.`;
    expect(body["remarks"]).toEqual([remark]);
  });

  row("5: writes DBML", async ({ call, connect }, { database, dbml }) => {
    const headers = await connect();
    const { status, body } = await call("POST", "/generate-dbml", { database, tables: ASKED }, headers);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["success", "database", "tables", "dbml", "schema"]);
    expect(body).toMatchObject({ success: true, database, tables: ASKED });
    const head = "Project DrawDB_Import {\n  database_type: 'Multi-Database'\n  Note: 'Generated at <time>'\n}\n\n";
    expect(String(body["dbml"]).replace(/\d{4}-[\dT:.-]+Z/, "<time>")).toBe(head + dbml);
    const refused = await call("POST", "/generate-dbml", {}, headers);
    expect([refused.status, refused.body]).toEqual([500, { success: false, error: "Failed to generate DBML" }]);
  });

  row("6: saves a diagram that a link opens, and lets the connection go", async ({ call, connect }, { database, drawdb }) => {
    const headers = await connect();
    const asked = { database, tables: ASKED };
    const kept = await call("POST", "/import", { ...asked, options: { closeConnection: false } }, headers);
    const shareId = String(kept.body["shareId"]);
    expect(shareId).toMatch(UUID);
    expect(kept.body).toEqual({
      success: true,
      redirectUrl: `http://localhost:5173/editor?shareId=${shareId}`,
      shareId,
      message: "Diagram generated and saved successfully. Redirecting to main app...",
    });
    expect(await gist(shareId)).toMatchObject({
      description: `DrawDB diagram - ${database}`,
      files: { "share.json": { content: { database: drawdb, title: `${database} - Imported` } } },
    });
    const connected = async (): Promise<unknown> => (await call("GET", "/status", undefined, headers)).body["connected"];
    expect(await connected()).toBe(true);
    for (const wrong of [{}, { database, tables: ["customers", "gone"] }]) {
      const refused = await call("POST", "/import", wrong, headers);
      expect([refused.status, refused.body]).toEqual([500, { success: false, error: "Failed to import schema" }]);
    }
    await call("POST", "/import", asked, headers);
    expect(await connected()).toBe(false);
    const gone = await call("POST", "/import", asked, headers);
    expect([gone.status, gone.headers.get("location")]).toEqual([302, "/db-import?error=No%20active%20connection"]);
  });
}

function statelessRows(row: Row): void {
  row("9: tries a connection", async ({ call, fields }, { type, connection, missing }) => {
    const port = (connection["port"] as number | undefined) ?? null;
    const asked = port === null ? {} : { port: String(port) };
    const { status, body } = await call("POST", "/test-connection", fields(asked));
    const config = { type, host: connection["host"] ?? "localhost", port, database: connection["database"] ?? null };
    expect([status, body]).toEqual([200, { success: true, message: "Connection successful", config }]);
    const absent = await call("POST", "/test-connection", fields({ database: missing[0] }));
    expect([absent.status, absent.body]).toEqual([500, { success: false, error: missing[1] }]);
  });

  row("10, 11: lists databases, then tables", async ({ call, fields }, { database, databases, tables }) => {
    const listed = await call("POST", "/get-databases", fields());
    expect([listed.status, listed.body]).toEqual([200, { success: true, databases: entries(databases) }]);
    const found = await call("POST", "/get-tables", fields({ selectedDatabase: database }));
    expect([found.status, found.body]).toEqual([200, { success: true, database, tables: tablesOf(tables) }]);
  });

  row("12: imports what was chosen as a diagram", async ({ call, fields }, { database, drawdb, key, updateRule }) => {
    const asked = fields({ selectedDatabase: database, selectedTables: ASKED });
    const { status, body } = await call("POST", "/import-schema", asked);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["success", "database", "selectedTables", "diagramData"]);
    const diagram = body["diagramData"] as Record<string, unknown>;
    expect(diagram).toMatchObject({ database: drawdb, title: `${database} - Imported`, notes: [], subjectAreas: [] });
    expect(diagram["transform"]).toEqual({ zoom: 1, pan: { x: 0, y: 0 } });
    type DiagramTable = { readonly id: string; readonly fields: readonly { readonly id: string; readonly name: string }[] };
    const [customers, orders] = diagram["tables"] as DiagramTable[];
    expect(Object.keys(customers ?? {})).toEqual(["id", "name", "comment", "color", "fields", "indices", "x", "y"]);
    expect(customers).toMatchObject({ name: "customers", color: "#175e7a", x: 20, y: 20 });
    expect(orders).toMatchObject({ name: "orders", x: 270, y: 20 });
    expect(customers?.id).toMatch(/^[\w-]{21}$/);
    expect(customers?.fields[0]).toEqual({ id: expect.stringMatching(/^[\w-]{21}$/) as string, ...key });
    const field = (table: DiagramTable | undefined, name: string) => table?.fields.find((one) => one.name === name)?.id;
    const relation = {
      name: "fk_orders_customer_id_customers",
      startTableId: orders?.id,
      endTableId: customers?.id,
      endFieldId: field(customers, "id"),
      startFieldId: field(orders, "customer_id"),
      id: 0,
      updateConstraint: updateRule === "RESTRICT" ? 2 : 0,
      deleteConstraint: 1,
      cardinality: 2,
    };
    expect(diagram["relationships"]).toEqual([relation]);
  });

  row("12: in the strings of today's DrawDB, to who asks for them", async ({ call, fields }, { database, updateRule }) => {
    const asked = fields({ selectedDatabase: database, selectedTables: ASKED });
    const { body } = await call("POST", "/import-schema", asked, { accept: "application/vnd.drawdb+json" });
    const { relationships } = body["diagramData"] as { relationships: Record<string, unknown>[] };
    expect(relationships[0]).toMatchObject({
      cardinality: "many_to_one",
      updateConstraint: updateRule === "RESTRICT" ? "Restrict" : "No action",
      deleteConstraint: "Cascade",
    });
  });

  row("12: a key to a table that was not chosen is a remark, a table that is not there a failure", async (client, place) => {
    const { call, fields } = client;
    const { database, foreignKey } = place;
    const part = await call("POST", "/import-schema", fields({ selectedDatabase: database, selectedTables: ["orders"] }));
    expect(part.status).toBe(200);
    expect(part.body["diagramData"]).toMatchObject({ relationships: [] });
    const remark = `The foreign key ${foreignKey} of orders is left out: customers was not selected.`;
    expect(part.body["remarks"]).toEqual([remark]);
    const none = await call("POST", "/import-schema", fields({ selectedDatabase: database, selectedTables: ["gone"] }));
    expect([none.status, none.body]).toEqual([500, { success: false, error: "Failed to import schema" }]);
  });
}

function introspectRows(row: Row): void {
  row("our own route streams its progress and then the whole model", async ({ stream, fields }, { version }) => {
    const { type, lines } = await stream(fields());
    expect(type).toBe("application/x-ndjson");
    expect(lines[0]).toEqual({ kind: "progress", phase: "connecting" });
    expect(lines[1]).toMatchObject({ kind: "progress", phase: "reading", answers: 1 });
    const last = lines.at(-1) as { engine: string; schema: { tables: { name: string }[]; foreignKeys: unknown[] } };
    expect(last).toMatchObject({ kind: "schema", encrypted: false, problems: [] });
    expect(last.engine).toMatch(version);
    expect(last.schema.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(ASKED));
  });

  row("our own route ends with a failure that says what to do", async ({ stream, fields }, { missing }) => {
    const { lines } = await stream(fields({ database: missing[0] }));
    expect(lines.at(-1)).toMatchObject({ kind: "failed", error: missing[1] });
  });
}
