import fc from "../../tests/support/fast-check.ts";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { lookup, makeColumn, makeTable, emptySchema, type Schema } from "../model/index.ts";
import { callAt, CommentsDoc, mentionsIn, MOST_TEXT, piecesOf, refusalOf, type Somebody, whereIs, whoIs } from "./index.ts";

const ADA: Somebody = { id: "ada", name: "Ada King", tint: "violet" };
const JO: Somebody = { id: "jo", name: "Jo", tint: "teal" };
const AT = { kind: "column", tableId: "t", id: "c", name: "users.email" } as const;

const words = (text: string, by = ADA, now = 1000) => ({ by, text, mentions: [], now });
const open = (from?: CommentsDoc): CommentsDoc => {
  const made = new CommentsDoc(new Y.Doc());
  if (from) send(from, made);
  return made;
};
const send = (from: CommentsDoc, to: CommentsDoc): void => Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc));
const meet = (a: CommentsDoc, b: CommentsDoc): void => {
  send(a, b);
  send(b, a);
};
const said = ({ said }: CommentsDoc) =>
  said.threads.map(({ comments, resolved }) => [comments.map(({ text }) => text), resolved?.name ?? null]);

describe("what is said", () => {
  it("is read as it was written, from the oldest on, and knows who said it", () => {
    const ada = open();
    ada.start({ thread: "one", comment: "a" }, AT, { ...words("  Is it unique? @Jo "), mentions: [{ id: "jo", name: "Jo" }] });
    ada.start({ thread: "two", comment: "b" }, { kind: "place", at: [10, -5] }, words("Here", ADA, 2000));
    ada.reply("one", "c", words("Yes.", JO, 5));
    expect(said(open(ada))).toEqual([
      [["Is it unique? @Jo", "Yes."], null],
      [["Here"], null],
    ]);
    const [first] = open(ada).said.threads;
    expect(first).toMatchObject({ id: "one", at: AT, beheaded: false });
    // Jo's clock is late; the answer still stands behind what it answers.
    expect(first?.comments.map(({ by, made }) => [by, made])).toEqual([
      ["ada", 1000],
      ["jo", 1001],
    ]);
    expect(first?.comments[0]?.mentions).toEqual([{ id: "jo", name: "Jo" }]);
    expect([...open(ada).said.people.values()]).toEqual([ADA, JO]);
  });

  it("is edited, resolved, and opened again by an answer", () => {
    const ada = open();
    ada.start({ thread: "one", comment: "a" }, AT, words("Frist"));
    expect(ada.edit("a", { text: "First", mentions: [], now: 3000 })).toBe(true);
    expect(ada.thread("one")?.comments[0]).toMatchObject({ text: "First", edited: 3000, made: 1000 });
    ada.resolve("one", { who: JO, now: 4000 });
    expect(ada.thread("one")?.resolved).toEqual({ name: "Jo", when: 4000 });
    ada.resolve("one", null);
    expect(said(ada)).toEqual([[["First"], null]]);
    ada.resolve("one", { who: JO, now: 4000 });
    ada.reply("one", "b", words("Not so"));
    expect(said(ada)).toEqual([[["First", "Not so"], null]]);
  });

  it("is deleted, and comes back; a thread without comments is not shown, one without its first says so", () => {
    const ada = open();
    ada.start({ thread: "one", comment: "a" }, AT, words("First"));
    ada.reply("one", "b", words("Second", JO));
    ada.remove("a");
    expect(ada.thread("one")).toMatchObject({ beheaded: true, comments: [{ text: "Second" }] });
    ada.remove("b");
    expect(ada.said.threads).toEqual([]);
    expect(ada.restore()).toBe(true);
    expect(said(ada)).toEqual([[["Second"], null]]);
    expect(ada.restore()).toBe(true);
    expect(said(ada)).toEqual([[["First", "Second"], null]]);
    expect(ada.restore()).toBe(false);
    const copy = open(ada);
    expect([said(copy), copy.restore()]).toEqual([said(ada), false]);
  });

  it("is not said where it is nothing, too much, or not allowed", () => {
    const ada = open();
    const ids = { thread: "one", comment: "a" };
    expect([refusalOf(" \n"), refusalOf("x".repeat(MOST_TEXT + 1)), refusalOf("x")]).toEqual(["empty", "long", null]);
    expect(ada.start(ids, AT, words("  "))).toBe(false);
    expect(ada.start(ids, AT, words("x".repeat(MOST_TEXT + 1)))).toBe(false);
    expect(ada.reply("nowhere", "a", words("x"))).toBe(false);
    ada.locked = true;
    expect(ada.start(ids, AT, words("x"))).toBe(false);
    ada.locked = false;
    ada.doc.getMap("meta").set("format", 2);
    expect([ada.said.readOnly, ada.start(ids, AT, words("x"))]).toEqual([true, false]);
    expect(ada.doc.getMap("comments").size).toBe(0);
  });

  it("is left out where others wrote nonsense, and cut where they wrote too much", () => {
    const ada = open();
    ada.start({ thread: "one", comment: "a" }, AT, words("Fine"));
    const [threads, comments, people] = ["threads", "comments", "people"].map((name) => ada.doc.getMap(name));
    const good = comments!.get("a") as object;
    ada.doc.transact(() => {
      threads!.set("two", { at: { kind: "place", at: ["1", null] }, made: 1, first: "x" });
      threads!.set("three", "x");
      threads!.set("one.resolved", { when: "yesterday" });
      comments!.set("b", { ...good, thread: "two" });
      comments!.set("c", { ...good, text: 5 });
      comments!.set("d", null);
      comments!.set("e", { ...good, made: NaN });
      comments!.set("f", {
        ...good,
        made: 2000,
        text: "x".repeat(9999),
        name: "y".repeat(500),
        mentions: [{ id: 5 }, "z", { id: "q" }],
      });
      people!.set("p", { name: "   ", tint: "url(//evil)".repeat(9) });
    });
    expect(ada.said.threads.map(({ id, resolved }) => [id, resolved])).toEqual([["one", null]]);
    const [, last] = ada.said.threads[0]!.comments;
    expect([last?.text.length, last?.name.length, last?.mentions]).toEqual([MOST_TEXT, 64, [{ id: "q", name: "Someone" }]]);
    expect(ada.said.people.get("p")).toEqual({ id: "p", name: "Someone", tint: "" });
  });
});

describe("what several say at once", () => {
  it("is all there: answers, an edit, and a resolution that meets an answer", () => {
    const ada = open();
    ada.start({ thread: "one", comment: "a" }, AT, words("First"));
    const jo = open(ada);
    ada.reply("one", "b", words("From Ada"));
    jo.reply("one", "c", words("From Jo", JO));
    ada.edit("a", { text: "First, edited", mentions: [], now: 2 });
    jo.resolve("one", { who: JO, now: 9 });
    meet(ada, jo);
    expect(said(ada)).toEqual([[["First, edited", "From Ada", "From Jo"], "Jo"]]);
    expect(said(jo)).toEqual(said(ada));
  });

  it("keeps an answer to a comment that is deleted elsewhere", () => {
    const ada = open();
    ada.start({ thread: "one", comment: "a" }, AT, words("First"));
    const jo = open(ada);
    ada.remove("a");
    expect(ada.said.threads).toEqual([]);
    jo.reply("one", "b", words("But", JO));
    meet(ada, jo);
    for (const each of [ada, jo]) expect(each.thread("one")).toMatchObject({ beheaded: true, comments: [{ text: "But" }] });
  });

  it("is the same for everyone in the end, and nothing is lost that nobody deleted", () => {
    const step = fc.record({
      who: fc.nat(2),
      does: fc.constantFrom("start", "reply", "edit", "remove", "restore", "resolve", "reopen", "meet"),
      at: fc.nat(30),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const people = [open(), open(), open()];
        const [written, removed] = [new Set<string>(), new Set<string>()];
        let ids = 0;
        for (const { who, does, at } of steps) {
          const doc = people[who]!;
          const by = { id: `p${String(who)}`, name: `P${String(who)}`, tint: "" };
          const id = `c${String((ids += 1))}`;
          const thread = doc.said.threads[at % Math.max(1, doc.said.threads.length)];
          const comment = thread?.comments[at % thread.comments.length];
          if (does === "start") doc.start({ thread: `t${id}`, comment: id }, { kind: "place", at: [at, at] }, words(id, by, at));
          if (does === "reply" && thread) doc.reply(thread.id, id, words(id, by, at));
          if (does === "start" || (does === "reply" && thread)) written.add(id);
          if (does === "edit" && comment) doc.edit(comment.id, { text: `${id}!`, mentions: [], now: at });
          if (does === "remove" && comment && doc.remove(comment.id)) removed.add(comment.id);
          if (does === "restore") doc.restore();
          if (does === "resolve" && thread) doc.resolve(thread.id, { who: by, now: at });
          if (does === "reopen" && thread) doc.resolve(thread.id, null);
          if (does === "meet") meet(doc, people[(who + 1 + (at % 2)) % 3]!);
        }
        for (let round = 0; round < 2; round += 1) for (const who of [0, 1, 2]) meet(people[who]!, people[(who + 1) % 3]!);
        for (const { said } of people) expect(said).toEqual(people[0]!.said);
        const left = new Set(people[0]!.said.threads.flatMap(({ comments }) => comments.map(({ id }) => id)));
        for (const id of written) if (!removed.has(id)) expect(left).toContain(id);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a text", () => {
  const mentions: Somebody[] = [ADA, JO, { ...JO, id: "jo2" }, { ...JO, id: "joan", name: "Joan" }];

  it.each<[string, string[]]>([
    ["nothing special <b>at all</b>", ["nothing special <b>at all</b>"]],
    ["see https://x.org/a?b=1, please", ["see ", "link https://x.org/a?b=1", ", please"]],
    ["(http://x.org/a)", ["(", "link http://x.org/a", ")"]],
    ["javascript:alert(1) data:x ftp://y", ["javascript:alert(1) data:x ftp://y"]],
    ['"https://x.org"onmouseover=x', ['"', "link https://x.org", '"onmouseover=x']],
    ["@Ada King and @Jo: look", ["call @Ada King (ada)", " and ", "call @Jo (jo jo2)", ": look"]],
    ["@Joan, not @Joanna or a@Jo", ["call @Joan (joan)", ", not @Joanna or a@Jo"]],
    ["@nobody @", ["@nobody @"]],
  ])("%j is shown in pieces", (text, pieces) => {
    const shown = piecesOf(text, mentions);
    expect(shown.map((piece) => piece.text).join("")).toBe(text);
    expect(
      shown.map((piece) =>
        piece.kind === "mention"
          ? `call ${piece.text} (${piece.ids.join(" ")})`
          : piece.kind === "link"
            ? `link ${piece.href}`
            : piece.text,
      ),
    ).toEqual(pieces);
  });

  it.each<[string, number, ReturnType<typeof callAt>]>([
    ["@", 1, { from: 0, typed: "" }],
    ["hey @Ada K", 10, { from: 4, typed: "Ada K" }],
    ["a@b", 3, null],
    ["@Ada\nsaid", 9, null],
    ["plain", 5, null],
  ])("%j calls at %i", (text, caret, found) => {
    expect(callAt(text, caret)).toEqual(found);
  });

  it("finds people by the beginning of a word of their name, and those it calls", () => {
    expect(whoIs(mentions, "k").map(({ name }) => name)).toEqual(["Ada King"]);
    expect(whoIs(mentions, "JO").map(({ id }) => id)).toEqual(["jo", "joan"]);
    expect(mentionsIn("@Jo and @Ada", mentions)).toEqual([
      { id: "jo", name: "Jo" },
      { id: "jo2", name: "Jo" },
    ]);
  });
});

describe("where a thread is pinned", () => {
  const users = makeTable({
    id: "t",
    name: "people",
    namespaceId: "n",
    columns: [makeColumn({ id: "c" as never, name: "mail", type: "text" })],
  } as never);
  const find = lookup({ ...emptySchema("postgres"), tables: [users] } as Schema);

  it.each([
    [AT, "people.mail", false],
    [{ ...AT, id: "x" }, "users.email", true],
    [{ ...AT, tableId: "x" }, "users.email", true],
    [{ kind: "table", id: "t", name: "users" } as const, "people", false],
    [{ kind: "table", id: "x", name: "users" } as const, "users", true],
    [{ kind: "relation", id: "x", name: "" } as const, "something that was deleted", true],
    [{ kind: "place", at: [0, 0] } as const, "a place on the canvas", false],
  ])("%o is %s", (at, label, gone) => {
    expect(whereIs(at, find)).toMatchObject({ label, gone });
  });
});
