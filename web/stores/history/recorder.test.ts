import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { type Moment, Recorder } from "./recorder.ts";

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
afterEach(() => void vi.useRealTimers());

/** A recorder over a document, with what it took; idle comes when it is said to. */
function open() {
  const doc = new Y.Doc();
  const taken: Moment[] = [];
  const waiting: (() => void)[] = [];
  const others = new Map<number, string>();
  const recorder = new Recorder({
    doc,
    me: () => "Ada",
    nameOf: (client) => others.get(client) ?? null,
    keep: (moment) => {
      taken.push(moment);
      return Promise.resolve();
    },
    whenIdle: (run) => waiting.push(run),
  });
  const idle = (): void => {
    for (const run of waiting.splice(0)) run();
  };
  let edits = 0;
  const edit = (): unknown => doc.getMap("m").set("edits", (edits += 1));
  const pass = (minutes: number): void => {
    vi.advanceTimersByTime(minutes * MINUTE);
    idle();
  };
  const editsIn = ({ state }: Moment): unknown => {
    const read = new Y.Doc();
    Y.applyUpdate(read, state);
    return read.getMap("m").get("edits");
  };
  return { doc, taken, others, recorder, edit, pass, idle, editsIn, whys: () => taken.map(({ why }) => why) };
}

describe("a version is taken by itself", () => {
  it("when editing pauses, once, and not where nothing was edited", () => {
    const { edit, pass, whys, taken, editsIn } = open();
    pass(60);
    edit();
    pass(2);
    edit();
    pass(2);
    expect(whys()).toEqual([]);
    pass(2);
    expect(whys()).toEqual(["pause"]);
    expect(taken.map(editsIn)).toEqual([2]);
    pass(60);
    expect(whys()).toEqual(["pause"]);
  });

  it("every ten minutes of editing without a pause", () => {
    const { edit, pass, whys } = open();
    for (let minute = 0; minute < 35; minute += 1) {
      edit();
      pass(1);
    }
    expect(whys()).toEqual(["working", "working", "working"]);
  });

  it("when the page is hidden with edits, but not for a glance at another tab", () => {
    const { edit, pass, whys, recorder } = open();
    recorder.hidden();
    edit();
    recorder.hidden();
    expect(whys()).toEqual([]);
    pass(1);
    recorder.hidden();
    recorder.hidden();
    expect(whys()).toEqual(["leaving"]);
  });

  it("before a large step with what was there before it, and when the design is closed, and then no more", async () => {
    const { edit, pass, whys, recorder, taken, editsIn } = open();
    edit();
    void recorder.take("import");
    edit();
    await recorder.close();
    expect(whys()).toEqual(["import", "leaving"]);
    expect(taken.map(editsIn)).toEqual([1, 2]);
    edit();
    pass(60);
    await recorder.close();
    expect(taken.length).toBe(2);
  });

  it("never in the middle of something: it waits until the page is idle", () => {
    const { edit, idle, whys } = open();
    edit();
    vi.advanceTimersByTime(5 * MINUTE);
    expect(whys()).toEqual([]);
    idle();
    expect(whys()).toEqual(["pause"]);
  });
});

describe("a version says who wrote", () => {
  it("since the one before: this person, those in the room by their client, another tab as this person", () => {
    const { doc, edit, others, recorder, taken } = open();
    const other = (client: number, origin: unknown): void => {
      const theirs = new Y.Doc();
      Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc));
      theirs.clientID = client;
      theirs.getMap("m").set(`by ${String(client)}`, 1);
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(doc)), origin);
    };
    others.set(7, "Jo");
    other(7, {});
    other(8, {});
    void recorder.take("working");
    edit();
    other(9, Symbol("another tab"));
    other(7, {});
    void recorder.take("working");
    void recorder.take("working");
    expect(taken.map(({ authors }) => [...authors].sort())).toEqual([["Jo"], ["Ada", "Jo"], []]);
  });
});
