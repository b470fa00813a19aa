/** Designs made from nothing or from another one. Loaded when a person asks for one: the first load has no use for it. */
import * as Y from "yjs";
import { adopt, emptySchema, type Schema } from "#shared/model/index.ts";
import { mint } from "../mint.ts";
import { commentsOf, type DesignDatabase } from "../storage/database.ts";
import { documentOf } from "../workers/designs/document.ts";

/** The document of a design without tables; `namespace` is the dialect's default one. */
export function emptyDocument(name: string, dialect: string, namespace: string): Uint8Array {
  const schema = {
    ...emptySchema(dialect),
    namespaces: [{ id: "public" as Schema["namespaces"][number]["id"], name: namespace, comment: null }],
  };
  return documentOf({ name, schema: adopt(schema, null, mint), positions: new Map() });
}

/** Stores a copy of a design, with the comments on it, and gives its id; null where there is none of that id. */
export async function copyDesign(database: DesignDatabase, id: string): Promise<string | null> {
  const [design, updates] = [await database.get(id), await database.load(id)];
  if (!design || updates.length === 0) return null;
  const copy = mint();
  const name = `${design.name} copy`;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.mergeUpdates(updates));
  doc.getMap("meta").set("name", name);
  await database.append(copy, Y.encodeStateAsUpdate(doc));
  const comments = await database.load(commentsOf(id));
  if (comments.length > 0) await database.append(commentsOf(copy), Y.mergeUpdates(comments));
  await database.put({ ...design, id: copy, name, updated: Date.now() });
  return copy;
}
