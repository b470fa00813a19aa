import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { gridDesign } from "../../../tests/support/diagrams.ts";
import { contentOf, stateOf } from "../../../tests/support/versions.ts";
import { type DesignDatabase, openDatabase } from "../../storage/database.ts";
import { openVersions, type VersionDatabase } from "../../storage/versions.ts";
import { HistoryService } from "../../workers/history/service.ts";
import { DeviceVersions } from "./device.ts";
import type { Moment } from "./recorder.ts";

const MINUTE = 60_000;
let next = 0;
let designs: DesignDatabase;
let database: VersionDatabase;
let versions: DeviceVersions;
let design: DesignDoc;

const listed = async (): Promise<readonly (string | null)[]> => {
  const list = await versions.list();
  return list.ok ? list.value.map(({ name, why }) => name ?? why) : [list.problem.code];
};
const moment = (why: Moment["why"] = "working"): Moment => ({ state: stateOf(design), why, authors: ["Ada"] });
const rename = (name: string): void => design.rename(name);
const put = (id: string): Promise<void> =>
  designs.put({ id, name: id, dialect: "postgres", tables: 0, updated: 0, deleted: null });

beforeEach(async () => {
  const name = `history-${String((next += 1))}`;
  designs = await openDatabase(name);
  await put("d");
  database = openVersions(name);
  const service = new HistoryService();
  versions = new DeviceVersions(database, { compare: (...sides) => service.compare(...sides), close: () => undefined }, "d");
  design = new DesignDoc(new Y.Doc());
  const { schema, diagram } = gridDesign(4);
  design.start("Grid", schema, diagram.positions);
});

describe("versions on this device", () => {
  it("are kept with who and when, packed, and come back as they were", async () => {
    expect(await versions.keep(moment("first"))).toEqual({ ok: true, value: null });
    const list = await versions.list();
    const [version] = list.ok ? list.value : [];
    expect(version).toMatchObject({ name: null, why: "first", authors: ["Ada"], place: "device" });
    expect(Math.abs((version?.at ?? 0) - Date.now())).toBeLessThan(5_000);
    const state = await versions.state(version?.id ?? "");
    expect(state.ok && contentOf(state.value)).toEqual(design.snapshot);
    const [stored] = await database.all();
    expect(stored?.bytes).toBeLessThan((state.ok ? state.value.length : 0) / 2);
  });

  it("are not kept twice: what is the same as the last one adds nothing, however the bytes came about", async () => {
    await versions.keep(moment("first"));
    rename("Another");
    rename("Grid");
    await versions.keep(moment("pause"));
    expect(await listed()).toEqual(["first"]);
    rename("Another");
    await versions.keep(moment("pause"));
    expect(await listed()).toEqual(["first", "pause"]);
  });

  it("get a name, another one and none, and a name takes the place of the same moment without one", async () => {
    await versions.keep(moment("first"));
    await versions.keep(moment("named"), "Before");
    expect(await listed()).toEqual(["Before"]);
    await versions.keep(moment("named"), "Before, again");
    expect(await listed()).toEqual(["Before", "Before, again"]);
    const list = await versions.list();
    const id = (list.ok && list.value[0]?.id) || "";
    await versions.rename(id, "First");
    expect(await listed()).toEqual(["First", "Before, again"]);
    await versions.rename(id, null);
    expect(await listed()).toEqual(["named", "Before, again"]);
    await versions.remove(id);
    expect(await listed()).toEqual(["Before, again"]);
    expect(await versions.rename(id, "x")).toMatchObject({ problem: { code: "version.gone" } });
    expect(await versions.state(id)).toMatchObject({ problem: { code: "version.gone" } });
  });

  it("with a name are a hundred at most, and that is said", async () => {
    for (let at = 0; at < 100; at += 1)
      await database.add({ id: `n${String(at)}`, design: "d", at, name: "x", authors: [], why: "named" }, stateOf(design));
    expect(await versions.keep(moment("named"), "One more")).toMatchObject({ problem: { code: "version.full" } });
    expect((await versions.rename("n5", "y")).ok).toBe(true);
    await versions.keep(moment("working"));
    expect((await listed()).length).toBe(100);
  });

  it("thin out as they grow old", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1, 12) });
    for (let at = 0; at < 30; at += 1) {
      rename(String(at));
      await versions.keep(moment("working"));
      vi.setSystemTime(Date.now() + 10 * MINUTE);
    }
    vi.useRealTimers();
    const list = await versions.list();
    const names: string[] = [];
    for (const { id } of list.ok ? list.value : []) {
      const state = await versions.state(id);
      if (state.ok) names.push(contentOf(state.value).name);
    }
    expect(names.slice(-6)).toEqual(["24", "25", "26", "27", "28", "29"]);
    expect(names.length).toBeLessThan(18);
  });

  it("go with their design, and one that was removed for good gets none", async () => {
    await versions.keep(moment("first"));
    await designs.purge("d");
    expect(await database.all()).toEqual([]);
    rename("Late");
    expect((await versions.keep(moment("leaving"))).ok).toBe(true);
    expect(await database.all()).toEqual([]);
  });

  it("that cannot be stored are one problem, and one that is damaged is another", async () => {
    const broken: VersionDatabase = { ...database, list: () => Promise.reject(new Error("no space")) };
    const failing = new DeviceVersions(broken, { compare: () => Promise.reject(new Error()), close: () => undefined }, "d");
    expect(await failing.keep(moment())).toMatchObject({ problem: { code: "storage.failed", params: { message: "no space" } } });
    const service = new HistoryService();
    const sides = [
      { key: "a", state: new Uint8Array([9, 9, 9]) },
      { key: "b", state: stateOf(design) },
    ] as const;
    expect(await service.compare(...sides)).toMatchObject({ problem: { code: "version.unreadable" } });
  });
});
