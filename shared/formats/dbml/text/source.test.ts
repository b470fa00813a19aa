import { describe, expect, it } from "vitest";
import { Source } from "./source.ts";

const table = (at: number): string => `Table t${String(at)} {\n  id int [pk]\n  owner int [ref: > t0.id]\n}\n`;
const text = Array.from({ length: 200 }, (_, at) => table(at)).join("\n");

/** How many pieces of a text are read anew after another. One that looked ahead at what changed is read again too. */
function anew(before: string, after: string): number {
  const source = new Source("x.dbml");
  const known = new Set(source.read(before));
  const pieces = source.read(after);
  expect(pieces.map(({ start, shift }) => start + shift)).toEqual(
    new Source("x.dbml").read(after).map(({ start, shift }) => start + shift),
  );
  return pieces.filter((piece) => !known.has(piece)).length;
}

describe("a file that is read again", () => {
  it("reads what changed, wherever and how often that is", () => {
    const first = text.replace("Table t3 {", "Table renamed {");
    expect(anew(text, first)).toBeLessThanOrEqual(2);
    expect(anew(text, first.replace("Table t190 {\n", "Table t190 {\n  added int\n"))).toBeLessThanOrEqual(4);
    expect(anew(text, text.replaceAll(/Table t(\d)7 /g, "Table u$17 "))).toBeLessThanOrEqual(18);
  });

  it("reads what is new, and nothing where something went", () => {
    expect(anew(text, text.replace("Table t90 ", `${table(500)}\nTable t90 `))).toBeLessThanOrEqual(3);
    expect(anew(text, text.replace(table(90), ""))).toBeLessThanOrEqual(2);
    expect(anew(text, text.replace(text.slice(text.indexOf("Table t20 "), text.indexOf("Table t80 ")), ""))).toBeLessThanOrEqual(
      1,
    );
    expect(anew(text, `${text}\n${table(500)}`)).toBeLessThanOrEqual(2);
    expect(anew(text, `${table(500)}\n${text}`)).toBeLessThanOrEqual(2);
  });
});
