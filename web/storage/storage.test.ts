import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { type DesignDatabase, openDatabase, type StoredDesign } from "./database.ts";
import { compact, keep, type Keeper, listen, load, type Saving, tell } from "./keep.ts";

const DAY = 86_400_000;
const listed = (id: string, changes: Partial<StoredDesign> = {}): StoredDesign => ({
  id,
  name: id,
  dialect: "postgres",
  tables: 0,
  updated: 0,
  deleted: null,
  ...changes,
});

/** A tab: its own connection, document and channel, as `Project.open` makes them. */
async function openTab(name: string): Promise<{
  doc: Y.Doc;
  text: () => string[];
  keeper: Keeper;
  database: DesignDatabase;
  states: Saving[];
  errors: string[];
}> {
  const database = await openDatabase(name);
  const doc = new Y.Doc();
  const channel = listen(name, doc);
  await load(database, "d", doc);
  const states: Saving[] = [];
  const errors: string[] = [];
  const keeper = keep(database, "d", doc, channel, {
    saving: (state) => states.push(state),
    error: (message) => errors.push(message),
  });
  return { doc, text: () => doc.getArray<string>("words").toArray(), keeper, database, states, errors };
}

const write = (doc: Y.Doc, ...words: string[]): void => {
  for (const word of words) doc.getArray<string>("words").push([word]);
};

async function stored(database: DesignDatabase): Promise<string[]> {
  const doc = new Y.Doc();
  await load(database, "d", doc);
  return doc.getArray<string>("words").toArray();
}

let next = 0;
let name = "";
beforeEach(() => {
  next += 1;
  name = `designs-${String(next)}`;
});

describe("the list of designs", () => {
  it("shows the newest first, without what is in the bin, and forgets the bin after thirty days", async () => {
    const database = await openDatabase(name);
    await database.put(listed("old", { updated: 1 }));
    await database.put(listed("new", { updated: 2 }));
    await database.put(listed("binned", { deleted: Date.now() - 29 * DAY }));
    await database.put(listed("gone", { deleted: Date.now() - 31 * DAY }));
    await database.append("gone", new Uint8Array([0, 0]));
    expect((await database.list()).map(({ id }) => id)).toEqual(["new", "old"]);
    expect(await database.get("binned")).not.toBeNull();
    expect(await database.get("gone")).toBeNull();
    expect(await database.load("gone")).toEqual([]);
  });

  it("removes only the updates of the design that is purged", async () => {
    const database = await openDatabase(name);
    await database.append("a", new Uint8Array([1]));
    await database.append("b", new Uint8Array([2]));
    await database.purge("a");
    expect(await database.load("a")).toEqual([]);
    expect(await database.load("b")).toEqual([new Uint8Array([2])]);
  });
});

describe("a kept document", () => {
  it("is on the device with every edit, in the order they were made", async () => {
    const tab = await openTab(name);
    write(tab.doc, "one", "two", "three");
    await tab.keeper.settled();
    expect(tab.states.at(-1)).toBe("saved");
    expect(await stored(tab.database)).toEqual(["one", "two", "three"]);
  });

  it("is shared by two tabs, and neither writes what the other made", async () => {
    const [a, b] = [await openTab(name), await openTab(name)];
    write(a.doc, "from a");
    await expect.poll(b.text).toEqual(["from a"]);
    write(b.doc, "from b");
    await expect.poll(a.text).toEqual(["from a", "from b"]);
    await Promise.all([a.keeper.settled(), b.keeper.settled()]);
    expect(await stored(a.database)).toEqual(["from a", "from b"]);
    // The first of a design is followed by the whole document; then one for each edit.
    expect(await a.database.load("d")).toHaveLength(3);
    a.keeper.close();
    b.keeper.close();
  });

  it("misses nothing of another tab's edits that are made while it opens", async () => {
    const a = await openTab(name);
    const words = Array.from({ length: 200 }, (_, index) => String(index));
    const opening = openTab(name);
    for (const word of words) {
      write(a.doc, word);
      if (word.endsWith("9")) await a.keeper.settled();
    }
    const b = await opening;
    await expect.poll(b.text).toEqual(words);
    a.keeper.close();
    b.keeper.close();
  });

  it("hears of a rename made in the list by another tab", async () => {
    const a = await openTab(name);
    const other = new Y.Doc();
    write(other, "new name");
    tell(name, Y.encodeStateAsUpdate(other));
    await expect.poll(a.text).toEqual(["new name"]);
    a.keeper.close();
  });

  it("is merged when its updates are many, and says the same afterwards", async () => {
    const tab = await openTab(name);
    const words = Array.from({ length: 70 }, (_, index) => String(index));
    write(tab.doc, ...words);
    await tab.keeper.settled();
    await compact(tab.database, "d");
    expect(await tab.database.load("d")).toHaveLength(1);
    expect(await stored(tab.database)).toEqual(words);
  });

  it("loses no edit that another tab stores while this one merges", async () => {
    const [a, b] = [await openTab(name), await openTab(name)];
    const first = Array.from({ length: 70 }, (_, index) => String(index));
    write(a.doc, ...first);
    await a.keeper.settled();
    const merging = compact(a.database, "d");
    write(b.doc, "meanwhile");
    await Promise.all([merging, b.keeper.settled()]);
    expect((await stored(a.database)).toSorted()).toEqual([...first, "meanwhile"].toSorted());
    a.keeper.close();
    b.keeper.close();
  });

  it("is merged during a long session too", async () => {
    const tab = await openTab(name);
    const words = Array.from({ length: 510 }, (_, index) => String(index));
    write(tab.doc, ...words);
    await tab.keeper.settled();
    expect((await tab.database.load("d")).length).toBeLessThan(64);
    expect(await stored(tab.database)).toEqual(words);
  });
});

describe("a write that fails", () => {
  it("is told, and tried again", async () => {
    const tab = await openTab(name);
    write(tab.doc, "before");
    await tab.keeper.settled();
    // A newer version of the app takes the database over: this tab's connection is cut and may not come back.
    const newer = await openDB(name, 1_000);
    write(tab.doc, "lost?");
    await tab.keeper.settled();
    expect(tab.states.at(-1)).toBe("failed");
    expect(tab.errors).toEqual(["a newer version of Drawbridge is open in this browser; reload this page"]);
    newer.close();
    const failed = tab.states.length;
    await expect.poll(() => tab.errors.length, { timeout: 5_000 }).toBeGreaterThan(1);
    expect(tab.states.slice(failed)).not.toContain("saved");
    expect(tab.text()).toEqual(["before", "lost?"]);
    tab.keeper.close();
  });

  it("brings back the whole document where the stored past was cleared", async () => {
    const tab = await openTab(name);
    write(tab.doc, "before");
    await tab.keeper.settled();
    // What a browser does when a person clears the site's data: the connection goes, and the stored updates with it.
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => {
        resolve();
      };
      request.onerror = () => {
        reject(new Error("not deleted"));
      };
    });
    write(tab.doc, "after");
    await tab.keeper.settled();
    expect(tab.states.at(-1)).toBe("saved");
    expect(await stored(tab.database)).toEqual(["before", "after"]);
    tab.keeper.close();
  });
});
