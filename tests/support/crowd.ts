/** Several people with one design, and a network between them that parts, comes late, says things twice and loses some. */
import * as Y from "yjs";
import { DesignDoc, type Snapshot } from "#shared/doc/index.ts";
import { diff } from "#shared/diff/index.ts";
import { apply, type Change, makeIndex, same, type Schema } from "#shared/model/index.ts";
import { type Act, Account, START } from "./account.ts";
import { type CommandName, COMMANDS, type DrawName, DRAWS } from "./commands.ts";
import { edit, type EditKind, EDITS, type Numbers, picker } from "./edits.ts";
import { generate } from "./generator.ts";
import { restore } from "./versions.ts";

export const PEOPLE = [0, 1, 2, 3, 4] as const;
export type Person = (typeof PEOPLE)[number];

export type Kind = CommandName | EditKind | DrawName;
export const KINDS = [...Object.keys(COMMANDS), ...EDITS, ...Object.keys(DRAWS)] as readonly Kind[];

export type Action =
  | { readonly does: "edit"; readonly who: Person; readonly kind: Kind; readonly at: Numbers }
  | { readonly does: "undo" | "redo" | "restore" | "meet"; readonly who: Person }
  | { readonly does: "deliver" | "repeat" | "lose"; readonly who: Person; readonly which: number }
  /** Who is with whom from now on: people of one number hear each other. */
  | { readonly does: "part"; readonly groups: Numbers };

export function copy(doc: Y.Doc): Y.Doc {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
}

/** The changes of a command; empty where the design has nothing to do it to. */
export function commanded(kind: CommandName | EditKind, schema: Schema, at: Numbers, mint: () => string): readonly Change[] {
  return kind in COMMANDS ? COMMANDS[kind as CommandName](schema, picker(at), mint) : edit(kind as EditKind, schema, at, mint);
}

/** A design in which there is something of everything. */
export function rich(seed: number): Schema {
  let minted = 0;
  const mint = (): string => `r${String((minted += 1))}`;
  const start: readonly (readonly [CommandName | EditKind, ...number[]])[] = [
    ["createType", 0],
    ["createType", 1],
    ["createSequence", 0],
    ["createView", 0, 1],
    ["createView", 1, 0],
    ["addCheck", 0],
    ["addKey", 1, 1, 1, 2],
    ["addIndex", 1, 1, 2, 0],
    ["connect", 1, 0, 1],
    ["addPair", 0],
    ["hang a trigger", 1],
    ["create a namespace", 2],
  ];
  return start.reduce(
    (schema, [kind, ...at]) => {
      const made = apply(schema, commanded(kind, schema, at, mint));
      if (made === schema) throw new Error(`nothing came of ${kind}`);
      return made;
    },
    indexed(generate({ tables: 4, columns: 4, seed })),
  );
}

/** The generator's indexes have one part; here one of them has two, so that parts can be moved and removed. */
function indexed(schema: Schema): Schema {
  const [table, ...tables] = schema.tables;
  const [one, other] = table?.columns ?? [];
  if (!table || !one || !other) throw new Error("the generator made no table");
  const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
  const parts = [one, other].map(({ id }) => ({ ...part, columnId: id }));
  const index = makeIndex({ id: "both" as never, name: "both", parts });
  return { ...schema, tables: [{ ...table, indexes: [...table.indexes, index] }, ...tables] };
}

export class Crowd {
  readonly people: readonly DesignDoc[];
  readonly account: Account;
  /** How often each kind of edit did something. */
  readonly done = new Map<string, number>();
  readonly #version: Snapshot;
  readonly #underWay: readonly Uint8Array[][] = PEOPLE.map(() => []);
  #groups: Numbers = PEOPLE.map(() => 0);
  #minted = 0;

  constructor(schema: Schema) {
    const first = new DesignDoc(new Y.Doc());
    first.start("Test", schema, new Map());
    this.people = PEOPLE.map((at) => (at === 0 ? first : new DesignDoc(copy(first.doc))));
    this.#version = first.snapshot;
    this.account = new Account(schema);
    this.account.drawn(START, [{ key: "name", value: "Test" }]);
    this.people.forEach((person, from) =>
      person.doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin === this) return;
        this.#underWay.forEach((queue, to) => {
          if (to !== from && this.#groups[to] === this.#groups[from]) queue.push(update);
        });
      }),
    );
  }

  person(at: number): DesignDoc {
    const person = this.people[at];
    if (!person) throw new Error(`nobody at ${String(at)}`);
    return person;
  }

  do(what: Action): void {
    switch (what.does) {
      case "edit":
        return this.#edit(what.who, what.kind, what.at);
      case "undo":
      case "redo":
      case "restore":
        return this.#turn(what.who, what.does);
      case "meet":
        return this.#meet(what.who);
      case "part":
        this.#groups = what.groups;
        return;
      case "deliver":
      case "repeat":
      case "lose": {
        const queue = this.#underWay[what.who] ?? [];
        const at = what.which % Math.max(1, queue.length);
        const update = queue[at];
        if (what.does !== "repeat") queue.splice(at, 1);
        if (update && what.does !== "lose") Y.applyUpdate(this.person(what.who).doc, update, this);
      }
    }
  }

  #count(kind: string): void {
    this.done.set(kind, (this.done.get(kind) ?? 0) + 1);
  }

  /** One edit, and with it, in the same update, its mark, by which it can be told who has seen it. */
  #edit(by: Person, kind: Kind, at: Numbers): void {
    const person = this.person(by);
    const marks = person.doc.getMap("marks");
    const act: Act = { by, mark: `e${String((this.#minted += 1))}`, seen: new Set(marks.keys()) };
    const mint = (): string => `m${String((this.#minted += 1))}`;
    if (kind in DRAWS)
      return person.together(kind, () => {
        const drawn = DRAWS[kind as DrawName](person, picker(at), mint);
        if (drawn.length === 0) return;
        this.#count(kind);
        this.account.drawn(act, drawn);
        marks.set(act.mark, true);
      });
    const changes = commanded(kind as CommandName, person.snapshot.schema, at, mint);
    if (changes.length === 0) return;
    this.#count(kind);
    this.account.changed(act, changes);
    person.together(kind, () => {
      person.apply(changes, kind);
      marks.set(act.mark, true);
    });
  }

  #turn(by: Person, how: "undo" | "redo" | "restore"): void {
    const person = this.person(by);
    // As it is written: what leads nowhere is taken back and deleted as well.
    const before = person.standing();
    // Something must have been taken back to be done again.
    if (how === "redo" && person.redoLabel === null) person.undo();
    if (how === "restore") restore(person, this.#version);
    else person[how]();
    const after = person.standing();
    this.#count(how);
    this.account.turned(by, diff(before.schema, after.schema));
    if (!same([...drawnIn(before)], [...drawnIn(after)])) this.account.turnedDiagram();
  }

  /** What two sides do when they meet again: each sends what the other has not. */
  #exchange(one: DesignDoc, other: DesignDoc): void {
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(other.doc)), this);
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(one.doc)), this);
  }

  /** Someone meets those that are with them. */
  #meet(who: Person): void {
    for (const at of PEOPLE)
      if (at !== who && this.#groups[at] === this.#groups[who]) this.#exchange(this.person(who), this.person(at));
  }

  /** All meet all; then what was still under way arrives as well, and says nothing new. */
  settle(): void {
    for (let round = 0; round < 2; round += 1)
      for (const one of this.people) for (const other of this.people) if (one !== other) this.#exchange(one, other);
    const before = this.people.map(({ snapshot }) => snapshot);
    this.#underWay.forEach((queue, to) => {
      for (const update of queue.splice(0)) Y.applyUpdate(this.person(to).doc, update, this);
    });
    this.people.forEach(({ snapshot }, at) => {
      if (snapshot !== before[at]) throw new Error("an update that came late changed the design");
    });
  }
}

/** What the diagram holds, by the keys that the account uses. */
export function drawnIn({ name, diagram }: Snapshot): ReadonlyMap<string, unknown> {
  const bare = ({ id: _id, ...rest }: { readonly id: string }): object => rest;
  return new Map<string, unknown>([
    ["name", name],
    ...[...diagram.positions].map(([id, value]) => [`positions ${id}`, value] as const),
    ...[...diagram.tints].map(([id, value]) => [`tints ${id}`, value] as const),
    ...diagram.areas.map((area) => [`areas ${area.id}`, bare(area)] as const),
    ...diagram.notes.map((note) => [`notes ${note.id}`, bare(note)] as const),
  ]);
}
