import { expect, it } from "vitest";
import fc from "../../../../tests/support/fast-check.ts";
import { composed, edited, mapped, type TextEdit } from "./edits.ts";

const edit = (from: number, to: number, insert: string): TextEdit => ({ from, to, insert });

/** Edits of a text so long, in order and apart. */
const edits = (length: number): fc.Arbitrary<TextEdit[]> =>
  fc.array(fc.tuple(fc.nat(length), fc.nat(length), fc.stringMatching(/^[a-z]{0,4}$/)), { maxLength: 4 }).map((list) => {
    const places = list.flatMap(([a, b]) => [a, b]).sort((a, b) => a - b);
    return list.map(([, , insert], at) => edit(places[2 * at] ?? 0, places[2 * at + 1] ?? 0, insert));
  });

it("makes one list of edits of two", () => {
  const text = "0123456789ABCDEF";
  fc.assert(
    fc.property(
      edits(text.length).chain((first) => fc.tuple(fc.constant(first), edits(edited(text, first).length))),
      ([first, second]) => {
        const both = composed(first, second);
        expect(edited(text, both)).toBe(edited(edited(text, first), second));
        both.forEach(({ from, to }, at) => expect([from, to].every((place) => place >= (both[at - 1]?.to ?? 0))).toBe(true));
      },
    ),
  );
});

it("knows a name again that was taken away and typed anew, letter by letter", () => {
  // "\n  a int": the name goes, another comes.
  const both = composed([edit(3, 4, "")], [edit(3, 3, "b")]);
  expect(both).toEqual([edit(3, 4, "b")]);
  expect(mapped(3, both)).toBe(3);
  expect(mapped(5, composed(both, [edit(4, 4, "c")]))).toBe(6);
});
