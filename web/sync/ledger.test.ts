import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Ledger } from "./ledger.ts";

/** A document whose edits are collected one by one. */
function pad(client: number) {
  const doc = new Y.Doc();
  doc.clientID = client;
  const made: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => made.push(update));
  return { doc, made, last: () => made.at(-1) as Uint8Array };
}

const NOTHING = Y.encodeStateVector(new Y.Doc());

describe("an edit counts as sent", () => {
  it("once an echo covers it, alone or merged with those of others", () => {
    const { doc, made } = pad(1);
    const other = pad(2);
    const ledger = new Ledger(0);
    ledger.restart(NOTHING);
    for (const key of ["a", "b", "c"]) {
      doc.getMap("m").set(key, 1);
      ledger.made(made.at(-1) as Uint8Array);
    }
    other.doc.getMap("m").set("x", 1);
    expect(ledger.waiting).toBe(3);
    ledger.kept(made[0] as Uint8Array);
    expect(ledger.waiting).toBe(2);
    ledger.kept(other.last());
    expect(ledger.waiting).toBe(2);
    ledger.kept(Y.mergeUpdates([made[1] as Uint8Array, other.last(), made[2] as Uint8Array]));
    expect(ledger.waiting).toBe(0);
  });

  it("not by a state vector alone when it deletes: what was deleted must be echoed", () => {
    const { doc, made, last } = pad(1);
    const ledger = new Ledger(0);
    ledger.restart(NOTHING);
    doc.getMap("m").set("a", 1);
    ledger.kept(last());
    doc.getMap("m").delete("a");
    ledger.made(last());
    expect(ledger.waiting).toBe(1);
    ledger.restart(Y.encodeStateVector(doc));
    expect(ledger.compare(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))).toBe(false);
    expect(ledger.waiting).toBe(1);
    ledger.kept(made[1] as Uint8Array);
    expect(ledger.waiting).toBe(0);
  });

  it("when the server turns out to have it though the echo was lost", () => {
    const { doc, last } = pad(1);
    const ledger = new Ledger(0);
    ledger.restart(NOTHING);
    doc.getMap("m").set("a", 1);
    ledger.made(last());
    ledger.restart(Y.encodeStateVector(doc));
    ledger.kept(Y.encodeStateAsUpdate(doc));
    expect(ledger.compare(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))).toBe(true);
    expect(ledger.waiting).toBe(0);
  });

  it("by another tab as by this one, whichever comes first", () => {
    const { doc, last } = pad(7);
    const ledger = new Ledger(0);
    ledger.restart(NOTHING);
    doc.getMap("m").set("a", 1);
    ledger.kept(last());
    ledger.made(last());
    expect(ledger.waiting).toBe(0);
  });
});

describe("edits that an earlier page left unsent", () => {
  it("wait under their number until the server has what the document holds", () => {
    const { doc } = pad(1);
    doc.getMap("m").set("a", 1);
    const ledger = new Ledger(3);
    expect(ledger.waiting).toBe(3);
    ledger.restart(NOTHING);
    const rest = Y.encodeStateAsUpdate(doc, NOTHING);
    expect(ledger.compare(rest)).toBe(false);
    expect(ledger.waiting).toBe(3);
    ledger.kept(rest);
    expect(ledger.waiting).toBe(0);
  });

  it("are none where the server has it all", () => {
    const ledger = new Ledger(3);
    ledger.restart(NOTHING);
    expect(ledger.compare(Y.encodeStateAsUpdate(new Y.Doc()))).toBe(true);
    expect(ledger.waiting).toBe(0);
  });

  it("are not taken for sent because those that were counted are", () => {
    const { doc, made, last } = pad(1);
    const ledger = new Ledger(0);
    doc.getMap("m").set("uncounted", 1);
    const other = pad(2);
    other.doc.getMap("m").set("counted", 1);
    ledger.made(other.last());
    Y.applyUpdate(doc, other.last());
    ledger.restart(NOTHING);
    expect(ledger.compare(Y.encodeStateAsUpdate(doc, NOTHING))).toBe(false);
    ledger.kept(last());
    expect(ledger.waiting).toBe(1);
    ledger.kept(made[0] as Uint8Array);
    expect(ledger.waiting).toBe(0);
  });

  it("count as one where nobody counted them", () => {
    const { doc } = pad(1);
    doc.getMap("m").set("a", 1);
    const ledger = new Ledger(0);
    ledger.restart(NOTHING);
    ledger.compare(Y.encodeStateAsUpdate(doc, NOTHING));
    expect(ledger.waiting).toBe(1);
  });
});
