/** DrawDB's routes that carry the credentials in every request: what its published client calls. */
import { nanoid } from "./nanoid.ts";
import { ChosenFields, ConnectionFields } from "#shared/api/database.ts";
import type { App } from "../../ops/instance.ts";
import { callerOf, refuse, refuseProblem } from "../answer.ts";
import { diagramData } from "../drawdb/diagram.ts";
import type { Reader } from "../reading.ts";
import { engineOf, readRequest } from "../request.ts";
import { databaseList, tableList, UNSUPPORTED_TYPE, wantsStrings } from "./shapes.ts";

const tags = ["live databases"];

/** Registers `/test-connection`, `/get-databases`, `/get-tables` and `/import-schema`. */
export function statelessRoutes(app: App, reader: Reader): void {
  const schema = (body: typeof ConnectionFields | typeof ChosenFields, summary: string) => ({ schema: { tags, summary, body } });

  app.post("/test-connection", schema(ConnectionFields, "Try a connection"), async (request, reply) => {
    const fields = request.body as ConnectionFields;
    if (!fields.type || !fields.username) return refuse(reply, 400, "Database type and username are required");
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 400, UNSUPPORTED_TYPE);
    const connect = readRequest(engine, fields);
    const tried = await reader.ping(connect, callerOf(request, reply));
    if (!tried.ok) return refuseProblem(reply, tried.problem);
    const config = { type: engine, host: connect.host, port: connect.port, database: connect.login.database };
    return { success: true, message: "Connection successful", config };
  });

  app.post("/get-databases", schema(ConnectionFields, "Databases of a server"), async (request, reply) => {
    const fields = request.body as ConnectionFields;
    if (!fields.type || !fields.username) return refuse(reply, 400, "Database type and username are required");
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 500, `Unsupported database type: ${fields.type}`);
    const found = await reader.databases(readRequest(engine, fields), callerOf(request, reply));
    return found.ok ? databaseList(found.value) : refuseProblem(reply, found.problem);
  });

  app.post("/get-tables", schema(ChosenFields, "Tables of a database"), async (request, reply) => {
    const fields = request.body as ChosenFields;
    const { type, username, selectedDatabase } = fields;
    if (!type || !username || !selectedDatabase) {
      return refuse(reply, 400, "Database type, username, and selectedDatabase are required");
    }
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 500, `Unsupported database type: ${type}`);
    const found = await reader.tables(readRequest(engine, fields), selectedDatabase, callerOf(request, reply));
    return found.ok ? tableList(selectedDatabase, found.value) : refuseProblem(reply, found.problem);
  });

  app.post("/import-schema", schema(ChosenFields, "Chosen tables as a diagram"), async (request, reply) => {
    const fields = request.body as ChosenFields;
    const { type, username, selectedDatabase, selectedTables } = fields;
    if (!type || !username || !selectedDatabase || !selectedTables?.length) {
      return refuse(reply, 400, "Database type, username, selectedDatabase, and selectedTables array are required");
    }
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 500, `Unsupported database type: ${type}`);
    const read = await reader.select(readRequest(engine, fields), selectedDatabase, selectedTables, callerOf(request, reply));
    if (!read.ok) return refuseProblem(reply, read.problem);
    if (read.value.missing.length > 0) return refuse(reply, 500, "Failed to import schema");
    return {
      success: true,
      database: selectedDatabase,
      selectedTables,
      diagramData: diagramData(read.value, selectedDatabase, wantsStrings(request), nanoid),
      ...(read.value.remarks.length === 0 ? {} : { remarks: read.value.remarks }),
    };
  });
}
