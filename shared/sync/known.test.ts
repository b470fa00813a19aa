import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Known } from "./known.ts";
import { readUpdate } from "./update.ts";

/** What a document that got these updates, in this order, is known to hold. */
function knownOf(updates: readonly Uint8Array[]): Known {
  const known = new Known();
  for (const update of updates) {
    const content = readUpdate(update);
    if (content) known.add(content);
  }
  return known;
}

/** Updates of someone who writes and deletes at random places of a list. */
function history(): { readonly updates: readonly Uint8Array[]; readonly doc: Y.Doc } {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const list = doc.getArray("list");
  for (let at = 0; at < 200; at += 1) {
    list.insert((at * 7) % (list.length + 1), [at]);
    if (at % 3 === 0) list.delete((at * 5) % list.length);
  }
  return { updates, doc };
}

describe("two copies that hold the same", () => {
  it("have the same digest of deletions, however they came by them, and one that lacks a deletion another", () => {
    const { updates, doc } = history();
    const piece = knownOf(updates);
    expect(knownOf([Y.encodeStateAsUpdate(doc)]).deleted()).toBe(piece.deleted());
    expect(knownOf([...updates, ...updates]).deleted()).toBe(piece.deleted());
    const before = piece.deleted();
    doc.getArray("list").delete(0);
    const last = readUpdate(updates.at(-1) ?? new Uint8Array());
    if (last) piece.add(last);
    expect(piece.deleted()).not.toBe(before);
    expect(piece.deleted()).toBe(knownOf([Y.encodeStateAsUpdate(doc)]).deleted());
  });

  it("lack nothing of each other; one that missed an update lacks it", () => {
    const { updates } = history();
    const [all, some] = [knownOf(updates), knownOf(updates.slice(0, 100))];
    expect([all.lacks(all.vector()), all.isBeyond(all.vector())]).toEqual([false, false]);
    expect([some.lacks(all.vector()), some.isBeyond(all.vector())]).toEqual([true, false]);
    expect([all.lacks(some.vector()), all.isBeyond(some.vector())]).toEqual([false, true]);
  });
});
