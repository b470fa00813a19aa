/** What changed from one version of a design to another, in words. */
import { diff } from "../diff/index.ts";
import { counted, entityWord, tell, type Voice } from "../drift/index.ts";
import { type Area, type Change, type Diagram, type EntityKind, type Note, same, type Schema } from "../model/index.ts";

/** What a version holds. */
export interface VersionContent {
  readonly name: string;
  readonly schema: Schema;
  readonly diagram: Diagram;
}

export type LineKind = "added" | "removed" | "changed";

/** One thing that changed. */
export interface Line {
  readonly key: string;
  readonly kind: LineKind;
  /** `column email`. */
  readonly what: string;
  readonly details: readonly string[];
}

export interface LineGroup {
  readonly key: string;
  /** `public.customer`, `Types`, `The diagram`. */
  readonly name: string;
  readonly lines: readonly Line[];
}

/** What changed in one table, or of one kind that hangs on none; each line with its change. */
export interface ChangeGroup {
  readonly key: string;
  readonly name: string;
  readonly lines: readonly (Line & { readonly change: Change })[];
}

export interface Comparison {
  readonly groups: readonly LineGroup[];
  /** `2 tables added, 1 column changed`; empty where nothing changed. */
  readonly short: string;
}

const VOICE: Voice = {
  altered: (attribute, was, is) => `${attribute}: ${was} becomes ${is}`,
  reordered: (was, is) => [`${was} becomes ${is}`],
};

const KINDS: Readonly<Record<Change["kind"], LineKind>> = {
  create: "added",
  drop: "removed",
  alter: "changed",
  reorder: "changed",
};

/** As many names as a line has room for. */
const MOST_NAMES = 8;
const named = (names: readonly string[]): readonly string[] => {
  const sorted = [...names].sort();
  const rest = sorted.length - MOST_NAMES;
  return [rest > 0 ? `${sorted.slice(0, MOST_NAMES).join(", ")} and ${String(rest)} more` : sorted.join(", ")];
};

/** Tables and views that both versions hold, of which what the diagram says is not the same. */
function differing(before: VersionContent, after: VersionContent, kind: "positions" | "tints"): readonly string[] {
  const was: ReadonlyMap<string, unknown> = before.diagram[kind];
  const is: ReadonlyMap<string, unknown> = after.diagram[kind];
  const there = new Set<string>([...before.schema.tables, ...before.schema.views].map(({ id }) => id));
  return [...after.schema.tables, ...after.schema.views]
    .filter(({ id }) => there.has(id) && !same(was.get(id), is.get(id)))
    .map(({ name }) => name);
}

type Piece = Area | Note;
const textOf = (piece: Piece): string => ("name" in piece ? piece.name : piece.text);
const CLIP = 40;
function calledPiece(word: string, piece: Piece): string {
  const text = textOf(piece).trim().replace(/\s+/g, " ");
  return text === "" ? word : `${word} ${text.length > CLIP ? `${text.slice(0, CLIP)}…` : text}`;
}

function pieceDetails(was: Piece, is: Piece): readonly string[] {
  const text = textOf(was) === textOf(is) ? [] : [`“${textOf(was)}” becomes “${textOf(is)}”`];
  const moved = same(was.at, is.at) ? [] : ["moved"];
  const sized = same(was.size, is.size) ? [] : ["size changed"];
  const tint = was.tint === is.tint ? [] : [`colour: ${was.tint} becomes ${is.tint}`];
  return [...text, ...moved, ...sized, ...tint];
}

function pieceLines(word: string, before: readonly Piece[], after: readonly Piece[]): readonly Line[] {
  const [was, is] = [new Map(before.map((one) => [one.id as string, one])), new Map(after.map((one) => [one.id as string, one]))];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): readonly Line[] => {
    const [old, now] = [was.get(id), is.get(id)];
    const line = (kind: LineKind, piece: Piece, details: readonly string[] = []): Line[] => [
      { key: `${word} ${id}`, kind, what: calledPiece(word, piece), details },
    ];
    if (!old) return now ? line("added", now) : [];
    if (!now) return line("removed", old);
    return same(old, now) ? [] : line("changed", old, pieceDetails(old, now));
  });
}

/** What is drawn, and what the design is called: lines, each with how much of what it counts as. */
function drawn(before: VersionContent, after: VersionContent): readonly (readonly [line: Line, counts: number, as: string])[] {
  const changed = (key: string, what: string, details: readonly string[]): Line => ({ key, kind: "changed", what, details });
  const [moved, coloured] = [differing(before, after, "positions"), differing(before, after, "tints")];
  const pieces = [
    ...pieceLines("area", before.diagram.areas, after.diagram.areas),
    ...pieceLines("note", before.diagram.notes, after.diagram.notes),
  ];
  const all: readonly (readonly [Line, number, string])[] = [
    [changed("places", `places of ${counted(moved.length, "table")}`, named(moved)), moved.length, "table moved"],
    [changed("colours", `colours of ${counted(coloured.length, "table")}`, named(coloured)), coloured.length, "colour changed"],
    [
      changed("name", "name of the design", [`${before.name} becomes ${after.name}`]),
      before.name === after.name ? 0 : 1,
      "name changed",
    ],
    ...pieces.map((line) => [line, 1, `${line.key.split(" ", 1)[0] ?? ""} ${line.kind}`] as const),
  ];
  return all.filter(([, counts]) => counts > 0);
}

/** How many things a short sentence names. */
const MOST_SHORT = 3;
/** The most telling first. */
const RANK: readonly EntityKind[] = ["table", "view", "column", "foreignKey", "constraint", "index", "type"];
const rank = ({ entity }: Change): number => (RANK.indexOf(entity) + RANK.length + 1) % (RANK.length + 1);

function countedAs(change: Change): string {
  if (change.kind === "reorder") return "column order";
  if (change.entity === "foreignKey") return "relation";
  return entityWord(change.entity, change.kind === "create" ? change.after : change.before);
}

const plural = (count: number, word: string): string =>
  count !== 1 && /[xs]$|ch$/.test(word) ? `${String(count)} ${word}es` : counted(count, word);

function shortOf(changes: readonly Change[], drawings: ReturnType<typeof drawn>): string {
  const counts = new Map<string, number>();
  const count = (as: string, by: number): void => void counts.set(as, (counts.get(as) ?? 0) + by);
  for (const change of [...changes].sort((a, b) => rank(a) - rank(b))) count(`${countedAs(change)} ${KINDS[change.kind]}`, 1);
  for (const [, by, as] of drawings) count(as, by);
  const said = [...counts].map(([as, by]) => {
    const verb = as.lastIndexOf(" ");
    return `${plural(by, as.slice(0, verb))}${as.slice(verb)}`;
  });
  return said.length > MOST_SHORT ? `${said.slice(0, MOST_SHORT).join(", ")} and more` : said.join(", ");
}

/** Changes of one schema on the way to another, in words. */
export function tellChanges(changes: readonly Change[], before: Schema, after: Schema): readonly ChangeGroup[] {
  return tell(changes, before, after, VOICE).map(({ key, name, told }) => ({
    key,
    name,
    lines: told.map(({ key: id, what, details, change }) => ({ key: id, kind: KINDS[change.kind], what, details, change })),
  }));
}

/** What changed from one version to another. */
export function compareVersions(before: VersionContent, after: VersionContent): Comparison {
  const changes = diff(before.schema, after.schema);
  const structure = tellChanges(changes, before.schema, after.schema).map(({ key, name, lines }) => ({
    key,
    name,
    lines: lines.map(({ key: id, kind, what, details }) => ({ key: id, kind, what, details })),
  }));
  const drawings = drawn(before, after);
  const lines = drawings.map(([line]) => line);
  const groups = lines.length === 0 ? structure : [...structure, { key: "diagram", name: "The diagram", lines }];
  return { groups, short: groups.length === 0 ? "" : shortOf(changes, drawings) };
}
