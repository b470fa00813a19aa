/** Our reader of DBML beside the language's own, over its published examples, over generated documents and over broken ones. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { readDbml } from "#shared/formats/dbml/index.ts";
import { document } from "../support/arbitrary-dbml.ts";
import fc from "../support/fast-check.ts";
import { oracle, plainOracle, plainOurs } from "../support/dbml-oracle.ts";
import { referenceFolder } from "../support/reference.ts";

const all = Object.values(dialects);
const own = join(import.meta.dirname, "..", "fixtures", "dbml");

function examples(): readonly { readonly name: string; readonly text: string }[] {
  const reference = referenceFolder();
  const folders = [own, ...(reference === null ? [] : [join(reference, "dbml")])].filter((path) => existsSync(path));
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".dbml"))
      .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
  );
}

interface Ours {
  readonly errors: readonly { readonly start: number; readonly end: number }[];
  readonly sum: string;
}

function ours(text: string): Ours {
  const { problems } = readDbml(text, { dialects: all });
  const errors = problems.filter(({ severity }) => severity === "error");
  return {
    errors: errors.flatMap(({ at }) => (at ? [{ start: at.offset, end: at.offset + at.length }] : [])),
    sum: errors.map(({ at, code, params }) => `${String(at?.offset)} ${code} ${JSON.stringify(params)}`).join("\n"),
  };
}

/** Where tokens begin; a fault is within a token of another when at most one begins between them. */
function near(text: string, a: number, b: number): boolean {
  const [from, to] = a < b ? [a, b] : [b, a];
  const between = text.slice(from, to).match(/'''[\s\S]*?'''|'[^'\n]*'|"[^"\n]*"|`[^`]*`|[\w#]+|[^\s\w]/g) ?? [];
  return between.length <= 1;
}

/** One of ours stands where the oracle has one. */
const meets = (text: string, mine: Ours, theirs: ReturnType<typeof oracle>["errors"]): boolean =>
  mine.errors.some(({ start }) => theirs.some((error) => near(text, start, error.start)));

describe("every example", () => {
  it.each(examples())("$name is read as the oracle reads it", ({ text }) => {
    const { errors, database } = oracle(text);
    const mine = ours(text);
    if (errors.length > 0) {
      expect(meets(text, mine, errors), `${mine.sum}\n-- the oracle:\n${JSON.stringify(errors, null, 1)}`).toBe(true);
      return;
    }
    expect(mine.sum).toBe("");
    const { value } = readDbml(text, { dialects: all });
    if (!value || !database) throw new Error("nothing was read");
    expect(plainOurs(value.schema, database)).toEqual(plainOracle(database));
    expect(value.diagrams[0]?.notes.map((note) => note.text) ?? []).toEqual(database.notes.map(({ content }) => content));
    expect(value.diagrams[0]?.areas.map((area) => area.name) ?? []).toEqual(database.tableGroups.map(({ name }) => name));
  });
});

describe("generated documents", () => {
  it("are read as the oracle reads them", () => {
    fc.assert(
      fc.property(document, (text) => {
        const { errors, database } = oracle(text);
        expect([errors, ours(text).sum]).toEqual([[], ""]);
        const { value } = readDbml(text, { dialects: all });
        if (!value || !database) throw new Error("nothing was read");
        expect(plainOurs(value.schema, database)).toEqual(plainOracle(database));
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it("that are broken in one place have their fault told there", () => {
    const broken = fc.record({
      text: document,
      at: fc.nat(),
      with: fc.constantFrom("", "}", "{", "]", "[", "(", "'", "%", ", ", "x y z"),
    });
    let faults = 0;
    fc.assert(
      fc.property(broken, ({ text, at, with: piece }) => {
        const tokens = [...text.matchAll(/'[^'\n]*'|"[^"\n]*"|`[^`]*`|[\w#]+|[^\s\w]/g)];
        const token = tokens[at % tokens.length];
        if (!token) return;
        const changed = text.slice(0, token.index) + piece + text.slice(token.index + token[0].length);
        const { errors } = oracle(changed);
        if (errors.length === 0) return;
        faults += 1;
        const mine = ours(changed);
        // Ours may see at once what the oracle only stumbles over later: then it points at the change itself.
        const there = mine.errors.some(({ start }) => near(changed, start, token.index));
        expect(
          there || meets(changed, mine, errors),
          `${changed}\n-- ours:\n${mine.sum}\n-- the oracle:\n${JSON.stringify(errors, null, 1)}`,
        ).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(faults).toBeGreaterThan(150);
  });
});
