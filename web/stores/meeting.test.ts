import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { renameRelation } from "#shared/edit/index.ts";
import { describe as inWords } from "#shared/merge/index.ts";
import { type Change, emptySchema, makeColumn, makeTable, type Schema, type Table } from "#shared/model/index.ts";
import { combined } from "./combined.ts";
import type { SyncStatus } from "../sync/status.ts";
import { Meeting } from "./meeting.svelte.ts";

const SERVER = Symbol("server");
const table = (name: string): Table =>
  makeTable({
    id: name as never,
    namespaceId: "n" as never,
    name,
    columns: [makeColumn({ id: `${name}-id` as never, name: "id", type: "bigint" })],
  });
const SCHEMA: Schema = {
  ...emptySchema("postgres"),
  namespaces: [{ id: "n" as never, name: "public", comment: null }],
  tables: [table("a"), table("b"), table("c")],
};

function person(state?: Uint8Array): DesignDoc {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  const design = new DesignDoc(doc);
  if (!state) design.start("Test", SCHEMA, new Map());
  return design;
}

const rename = (design: DesignDoc, id: string, name: string): void => {
  const { schema } = design.snapshot;
  const found = schema.tables.find((one) => one.id === id);
  if (found) design.apply(renameRelation(schema, found, { name }, postgres), "Rename");
};

let designs = 0;
/** A page that has the design open. */
function page(design: DesignDoc, id = `d${String((designs += 1))}`) {
  const room: { status: SyncStatus } = { status: { kind: "synced" } };
  const project = {
    id,
    doc: design.doc,
    get schema() {
      return design.snapshot.schema;
    },
    dialect: postgres,
    readOnly: false,
    apply: (changes: readonly Change[], label: string) => design.apply(changes, label),
  };
  const listed = { id, name: "Test", dialect: "postgres", tables: 3, updated: 0, deleted: null };
  return {
    id,
    design,
    offline: () => (room.status = { kind: "offline", waiting: 0 }),
    open: () => Meeting.open(project, { get: () => Promise.resolve(listed) }, room),
  };
}

/** The server tells what the page lacks of the other's document. */
function tell(meeting: Meeting, { doc }: DesignDoc, other: DesignDoc): void {
  const update = Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(doc));
  const met = meeting.meets(update);
  Y.applyUpdate(doc, update, SERVER);
  met();
}

it("says nothing of edits that were made together, or by one side alone", async () => {
  const me = page(person());
  const other = person(Y.encodeStateAsUpdate(me.design.doc));
  const meeting = await me.open();
  rename(me.design, "a", "mine");
  rename(other, "a", "theirs");
  tell(meeting, me.design, other);
  expect(meeting.report).toBeNull();
  me.offline();
  // Nobody edits here: what the others did is no meeting of two.
  rename(other, "b", "b2");
  tell(meeting, me.design, other);
  expect(meeting.report).toBeNull();
  // Nobody edits there.
  rename(me.design, "c", "c2");
  tell(meeting, me.design, other);
  expect(meeting.report).toBeNull();
});

it("reports what two did apart, across a reload, until it is dismissed; settled with an edit that undo takes back", async () => {
  const me = page(person());
  const other = person(Y.encodeStateAsUpdate(me.design.doc));
  const first = await me.open();
  me.offline();
  rename(me.design, "a", "mine");
  rename(me.design, "b", "b2");
  first.close();
  // The page is opened again, still offline, and one more edit is made.
  const again = page(person(Y.encodeStateAsUpdate(me.design.doc)), me.id);
  again.offline();
  const meeting = await again.open();
  rename(again.design, "b", "b3");
  rename(other, "a", "theirs");
  tell(meeting, again.design, other);
  const { report } = meeting;
  if (!report) throw new Error("no report");
  expect(combined(report)).toBe("Someone else changed 1 table, you changed 2.");
  meeting.learn([{ client: other.doc.clientID, name: "Ana" }]);
  expect(meeting.report && combined(meeting.report)).toBe("Ana changed 1 table, you changed 2.");
  const [collision, ...more] = report.collisions;
  if (!collision) throw new Error("no collision");
  expect(more).toEqual([]);
  expect(inWords(collision, meeting.them).title).toBe("You and Ana both changed the name of table a");
  expect(meeting.unsettled).toBe(1);

  const loser = collision.kind === "attribute" && collision.won === "mine" ? "theirs" : "mine";
  const won = again.design.snapshot.schema.tables.find(({ id }) => id === "a")?.name;
  meeting.settle(collision, loser);
  expect(again.design.snapshot.schema.tables.find(({ id }) => id === "a")?.name).toBe(loser);
  expect(meeting.unsettled).toBe(0);
  again.design.undo();
  expect(again.design.snapshot.schema.tables.find(({ id }) => id === "a")?.name).toBe(won);
  meeting.close();

  const later = await page(person(Y.encodeStateAsUpdate(again.design.doc)), me.id).open();
  expect(later.report).toEqual({
    ...report,
    others: [{ client: other.doc.clientID, name: "Ana", tables: ["theirs"] }],
    settled: { [collision.key]: loser },
  });
  later.dismiss();
  later.close();
  expect((await page(again.design, me.id).open()).report).toBeNull();
});

it("says of several others who changed what", async () => {
  const me = page(person());
  const [ana, jo] = [person(Y.encodeStateAsUpdate(me.design.doc)), person(Y.encodeStateAsUpdate(me.design.doc))];
  const meeting = await me.open();
  meeting.learn([
    { client: ana.doc.clientID, name: "Ana" },
    { client: jo.doc.clientID, name: "Jo" },
  ]);
  me.offline();
  rename(me.design, "a", "a2");
  rename(ana, "b", "b2");
  rename(jo, "c", "c2");
  Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(jo.doc));
  tell(meeting, me.design, ana);
  expect(meeting.report?.others.map(({ name, tables }) => [name, tables])).toEqual([
    ["Ana", ["b2"]],
    ["Jo", ["c2"]],
  ]);
  expect(meeting.report?.collisions).toEqual([]);
});
