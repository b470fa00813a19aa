import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";
import { type Journal, openJournal } from "./journal.ts";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "drawbridge-journal-"));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const append = (journal: Journal, name: string, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    journal.append(name, Buffer.from(text), (failed) => (failed ? reject(failed) : resolve()));
  });

const texts = (journal: Journal, name: string): string[] =>
  (journal.recovered.updates.get(name) ?? []).map((update) => Buffer.from(update).toString());

/** A folder whose one segment holds these texts of document `a`, written by a journal that was never closed. */
async function crashed(...written: readonly string[]): Promise<{ folder: string; file: string; bytes: Buffer }> {
  const folder = await mkdtemp(join(root, "crashed-"));
  const journal = await openJournal(folder);
  for (const text of written) await append(journal, "a", text);
  const [name = ""] = await readdir(folder);
  const file = join(folder, name);
  return { folder, file, bytes: await readFile(file) };
}

describe("crc32c", () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRCs.
  it.each([
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
    [Buffer.from("123456789"), 0xe3069283],
    [new Uint8Array(0), 0],
  ])("of %j is %i", (bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe("the journal", () => {
  it("gives back what was written, in order and by document", async () => {
    const folder = join(root, "order");
    const journal = await openJournal(folder);
    await Promise.all([append(journal, "a", "1"), append(journal, "b", "x"), append(journal, "a", "2")]);
    await append(journal, "a", "3");
    const again = await openJournal(folder);
    expect(texts(again, "a")).toEqual(["1", "2", "3"]);
    expect(texts(again, "b")).toEqual(["x"]);
    expect(again.recovered.damaged).toBe(0);
  });

  it("shares one write among all that arrive in the same moment", async () => {
    const journal = await openJournal(join(root, "group"));
    const started = performance.now();
    await Promise.all(Array.from({ length: 5_000 }, (_, at) => append(journal, `d${String(at % 500)}`, "x".repeat(50))));
    // 5,000 syncs of a disk take seconds; a handful of them do not.
    expect(performance.now() - started).toBeLessThan(1_000);
    await journal.close();
  });

  it("cut off at any byte of its last two records, keeps every record before the cut", async () => {
    const { folder, file, bytes } = await crashed("first", "second", "third");
    const lengths = ["first", "second", "third"].map((text) => 8 + 1 + 1 + text.length);
    const ends = lengths.map((_, at) => 8 + lengths.slice(0, at + 1).reduce((sum, length) => sum + length, 0));
    expect(ends.at(-1)).toBe(bytes.length);
    for (let cut = ends[0] ?? 0; cut <= bytes.length; cut += 1) {
      await writeFile(file, bytes.subarray(0, cut));
      const kept = ["first", "second", "third"].slice(0, ends.filter((end) => end <= cut).length);
      const journal = await openJournal(folder);
      expect(texts(journal, "a")).toEqual(kept);
    }
  });

  it("goes on in a new segment after a torn one, and loses nothing of either", async () => {
    const { folder, file, bytes } = await crashed("first", "second");
    await writeFile(file, bytes.subarray(0, bytes.length - 3));
    const journal = await openJournal(folder);
    await append(journal, "a", "after");
    expect(texts(await openJournal(folder), "a")).toEqual(["first", "after"]);
  });

  it("leaves out a record whose bytes went bad, says so, and keeps those after it", async () => {
    const { folder, file, bytes } = await crashed("first", "second", "third");
    const at = bytes.indexOf("second");
    for (let bit = 0; bit < 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      await writeFile(file, flipped);
      const journal = await openJournal(folder);
      expect(texts(journal, "a")).toEqual(["first", "third"]);
      expect(journal.recovered.damaged).toBe(1);
    }
  });

  it.each([
    ["empty", Buffer.alloc(0)],
    ["all zeroes", Buffer.alloc(4096)],
    ["noise", Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 251))],
    ["a mark and noise", Buffer.concat([Buffer.from("DBROOMS1"), Buffer.alloc(500, 0xff)])],
    ["a length beyond all", Buffer.concat([Buffer.from("DBROOMS1"), Buffer.from([255, 255, 255, 127, 0, 0, 0, 0])])],
  ])("reads nothing from a segment that is %s, and works on", async (_what, bytes) => {
    const folder = await mkdtemp(join(root, "noise-"));
    await writeFile(join(folder, "00000001.log"), bytes);
    const journal = await openJournal(folder);
    expect(journal.recovered.updates.size).toBe(0);
    await append(journal, "a", "works");
    expect(texts(await openJournal(folder), "a")).toEqual(["works"]);
  });

  it("says that a write failed, and takes the next", async () => {
    const folder = await mkdtemp(join(root, "fails-"));
    const journal = await openJournal(folder);
    await append(journal, "a", "kept");
    const blocked = join(folder, "00000002.log");
    // The next segment's file is there already, so it cannot be made.
    await writeFile(blocked, "");
    await journal.settle("a", journal.mark("a"));
    await expect(append(journal, "a", "lost")).rejects.toThrow(/EEXIST/);
    await append(journal, "a", "kept again");
    expect(texts(await openJournal(folder), "a")).toEqual(["kept again"]);
  });

  it("drops a segment once all in it is settled, and not before", async () => {
    const folder = join(root, "settle");
    const journal = await openJournal(folder);
    await append(journal, "a", "1");
    await append(journal, "b", "1");
    const mark = journal.mark("a");
    await append(journal, "a", "2");
    await journal.settle("a", mark);
    await journal.settle("b", journal.mark("b"));
    expect(texts(await openJournal(folder), "a")).toEqual(["1", "2"]);
    await journal.settle("a", journal.mark("a"));
    expect(await readdir(folder)).toEqual([]);
    await journal.close();
  });

  it("keeps an update that is under way while its document is settled", async () => {
    const folder = join(root, "race");
    const journal = await openJournal(folder);
    await append(journal, "a", "1");
    const later = append(journal, "a", "2");
    await journal.settle("a", journal.mark("a"));
    await later;
    expect(texts(await openJournal(folder), "a")).toContain("2");
  });

  it("refuses after it was closed", async () => {
    const journal = await openJournal(join(root, "closed"));
    await journal.close();
    await expect(append(journal, "a", "late")).rejects.toThrow(/closed/);
  });
});
