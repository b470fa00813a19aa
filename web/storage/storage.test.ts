import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { browserWithLocks } from "../../tests/support/locks.ts";
import { commentsOf, type DesignDatabase, openDatabase, type StoredDesign } from "./database.ts";
import { compact, editStored, keep, type Keeper, listen, load, type Saving } from "./keep.ts";

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

let browser = browserWithLocks();

interface Tab {
  doc: Y.Doc;
  text: () => string[];
  keeper: Keeper;
  database: DesignDatabase;
  states: Saving[];
  errors: string[];
  /** The tab dies: nothing is said or heard any more. */
  kill: () => void;
  /** The tab goes to sleep: it keeps its turn and does not answer. */
  sleep: () => void;
}

/** A tab: its own connection, document and channel, as `Project.open` makes them. Null for a browser without locks. */
async function openTab(
  name: string,
  { locks, kill }: ReturnType<typeof browser> | { locks: null; kill: () => void } = browser(),
): Promise<Tab> {
  const database = await openDatabase(name);
  const doc = new Y.Doc();
  const line = listen("d", doc);
  await load(database, "d", doc);
  const states: Saving[] = [];
  const errors: string[] = [];
  const on = { saving: (state: Saving) => states.push(state), error: (message: string) => errors.push(message) };
  const keeper = keep(database, "d", doc, line, on, locks);
  open.push(keeper);
  return {
    doc,
    text: () => doc.getArray<string>("words").toArray(),
    keeper,
    database,
    states,
    errors,
    kill() {
      line?.close();
      kill();
    },
    sleep() {
      if (line) line.on = () => undefined;
    },
  };
}

const write = (doc: Y.Doc, ...words: string[]): void => {
  for (const word of words) doc.getArray<string>("words").push([word]);
};

/** Edits that are stored one by one, as a person makes them. */
async function writeEach({ doc, keeper }: Tab, words: readonly string[]): Promise<void> {
  for (const word of words) {
    write(doc, word);
    await keeper.settled();
  }
}

async function stored(database: DesignDatabase): Promise<string[]> {
  const doc = new Y.Doc();
  await load(database, "d", doc);
  return doc.getArray<string>("words").toArray();
}

let next = 0;
let name = "";
const open: Keeper[] = [];
afterEach(() => {
  for (const keeper of open.splice(0)) keeper.close();
});
beforeEach(() => {
  browser = browserWithLocks();
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

  it("removes the design that is purged and the comments on it, and no other", async () => {
    const database = await openDatabase(name);
    await database.append("a", new Uint8Array([1]));
    await database.append(commentsOf("a"), new Uint8Array([3]));
    await database.append("b", new Uint8Array([2]));
    await database.purge("a");
    expect(await database.load("a")).toEqual([]);
    expect(await database.load(commentsOf("a"))).toEqual([]);
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
    write(a.doc, "old name");
    await a.keeper.settled();
    expect(await editStored(a.database, "d", (doc) => write(doc, "new name"))).toBe(true);
    await expect.poll(a.text).toEqual(["old name", "new name"]);
    expect(await editStored(a.database, "unknown", (doc) => write(doc, "x"))).toBe(false);
    expect(await a.database.load("unknown")).toEqual([]);
  });

  it("is merged when its updates are many, and says the same afterwards", async () => {
    const tab = await openTab(name);
    const words = Array.from({ length: 70 }, (_, index) => String(index));
    await writeEach(tab, words);
    expect((await tab.database.load("d")).length).toBeGreaterThan(64);
    await compact(tab.database, "d");
    expect(await tab.database.load("d")).toHaveLength(1);
    expect(await stored(tab.database)).toEqual(words);
  });

  it("loses no edit that another tab stores while this one merges", async () => {
    const [a, b] = [await openTab(name), await openTab(name)];
    const first = Array.from({ length: 70 }, (_, index) => String(index));
    await writeEach(a, first);
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
    await writeEach(tab, words);
    expect((await tab.database.load("d")).length).toBeLessThan(64);
    expect(await stored(tab.database)).toEqual(words);
  });
});

describe("the tabs of one browser", () => {
  it("have one that writes, also what comes in to all of them", async () => {
    const tabs = [await openTab(name), await openTab(name), await openTab(name)];
    const [a, b, c] = tabs as [Tab, Tab, Tab];
    expect(tabs.map(({ keeper }) => keeper.writes)).toEqual([true, false, false]);
    write(a.doc, "first");
    await a.keeper.settled();
    await expect.poll(c.text).toEqual(["first"]);
    const before = (await a.database.load("d")).length;
    // The same update reaches each of them over its own connection to the room.
    const remote = new Y.Doc();
    Y.applyUpdate(remote, Y.encodeStateAsUpdate(a.doc));
    write(remote, "from the room");
    for (const { doc } of tabs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(remote), "room");
    await Promise.all(tabs.map(({ keeper }) => keeper.settled()));
    expect((await a.database.load("d")).length).toBe(before + 1);
    expect(await stored(a.database)).toEqual(["first", "from the room"]);
    expect(b.states.at(-1)).toBe("saved");
  });

  it("call an edit saved when it is stored, not before", async () => {
    const [a, b] = [await openTab(name), await openTab(name)];
    write(a.doc, "first");
    await expect.poll(b.text).toEqual(["first"]);
    write(b.doc, "second");
    expect(b.states.at(-1)).toBe("saving");
    await b.keeper.settled();
    expect(b.states.at(-1)).toBe("saved");
    expect(await stored(b.database)).toEqual(["first", "second"]);
  });

  it("lose nothing when the one that writes is closed or killed: the next goes on", async () => {
    const [a, b, c] = [await openTab(name), await openTab(name), await openTab(name)];
    write(a.doc, "1");
    await a.keeper.settled();
    await expect.poll(c.text).toEqual(["1"]);
    // Handed over to one that dies before it hears of it.
    a.kill();
    write(b.doc, "2");
    await b.keeper.settled();
    expect(b.keeper.writes).toBe(true);
    expect(await stored(b.database)).toEqual(["1", "2"]);
    await expect.poll(c.text).toEqual(["1", "2"]);
    b.keeper.close();
    write(c.doc, "3");
    await c.keeper.settled();
    expect(await stored(c.database)).toEqual(["1", "2", "3"]);
  });

  it("store what a tab made that died after it had handed it over to a dead one", async () => {
    const [a, b, c] = [await openTab(name), await openTab(name), await openTab(name)];
    write(a.doc, "1");
    await a.keeper.settled();
    await expect.poll(b.text).toEqual(["1"]);
    a.sleep();
    write(b.doc, "2");
    await expect.poll(c.text).toEqual(["1", "2"]);
    b.kill();
    a.kill();
    await expect.poll(() => stored(c.database)).toEqual(["1", "2"]);
    expect(c.keeper.writes).toBe(true);
  });

  it("do not wait for one that is asleep, which goes on behind the others when it wakes", async () => {
    const [a, b] = [await openTab(name), await openTab(name)];
    write(a.doc, "1");
    await a.keeper.settled();
    await expect.poll(b.text).toEqual(["1"]);
    a.sleep();
    write(b.doc, "2");
    expect(b.states.at(-1)).toBe("saving");
    await expect.poll(() => b.states.at(-1), { timeout: 10_000 }).toBe("saved");
    expect([a.keeper.writes, b.keeper.writes]).toEqual([false, true]);
    expect(await stored(b.database)).toEqual(["1", "2"]);
    write(a.doc, "3");
    await expect.poll(() => stored(b.database)).toEqual(["1", "2", "3"]);
  });

  it("write each for itself where the browser has no locks", async () => {
    const none = { locks: null, kill: () => undefined };
    const [a, b] = [await openTab(name, none), await openTab(name, none)];
    write(a.doc, "1");
    await expect.poll(b.text).toEqual(["1"]);
    write(b.doc, "2");
    await expect.poll(a.text).toEqual(["1", "2"]);
    expect([a.keeper.writes, b.keeper.writes]).toEqual([true, true]);
    expect(await stored(a.database)).toEqual(["1", "2"]);
  });

  it("all say so when the writer's disk is full, and all are saved when there is room", async () => {
    const [a, b] = [await openTab(name), await openTab(name)];
    write(a.doc, "1");
    await a.keeper.settled();
    await expect.poll(b.text).toEqual(["1"]);
    const append = a.database.append;
    a.database.append = () => Promise.reject(new DOMException("The disk is full.", "QuotaExceededError"));
    write(b.doc, "2");
    await expect.poll(() => b.states.at(-1)).toBe("failed");
    expect(b.errors).toEqual(["The disk is full."]);
    a.database.append = append;
    await expect.poll(() => b.states.at(-1), { timeout: 5_000 }).toBe("saved");
    expect(await stored(b.database)).toEqual(["1", "2"]);
  });
});

describe("opening again and again", () => {
  it("adds nothing to what is stored, nor does a room that says again what is known", async () => {
    const first = await openTab(name);
    write(first.doc, ...Array.from({ length: 50 }, (_, index) => `word ${String(index)}`));
    await first.keeper.settled();
    first.keeper.close();
    const size = async (): Promise<[number, number]> => {
      const rows = await first.database.load("d");
      return [rows.length, rows.reduce((sum, { length }) => sum + length, 0)];
    };
    const before = await size();
    const room = Y.encodeStateAsUpdate(first.doc);
    for (let time = 0; time < 100; time += 1) {
      const tab = await openTab(name);
      Y.applyUpdate(tab.doc, room, "room");
      await tab.keeper.settled();
      tab.keeper.close();
    }
    expect(await size()).toEqual(before);
  });

  it("keeps the number of stored updates bounded where each visit makes an edit", async () => {
    for (let time = 0; time < 150; time += 1) {
      const tab = await openTab(name);
      write(tab.doc, String(time));
      await tab.keeper.settled();
      tab.keeper.close();
    }
    const last = await openTab(name);
    expect(last.text()).toHaveLength(150);
    expect((await last.database.load("d")).length).toBeLessThanOrEqual(70);
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
