/**
 * A text brought to what its design has become: only what was touched is looked at, only the lines of it that differ are written, and
 * each attempt is read again before it counts. Where lines do not do it the element is written anew, and where that does not do it the
 * text.
 */
import type { Schema } from "../../../model/index.ts";
import type { Drawn } from "./drawn.ts";
import { drawnEdits } from "./drawn-edits.ts";
import { edited, ordered, type TextEdit } from "./edits.ts";
import { elementEdits } from "./element-edits.ts";
import { nameText } from "../write/print.ts";
import type { Outline } from "./outline.ts";
import { relationEdits } from "./relation-edits.ts";
import { renameEdits } from "./renames.ts";
import type { Speaker } from "./speaker.ts";
import { relationsOf, Side, tableKey } from "./want.ts";

export interface Wanted {
  readonly name: string;
  /** What the language can say of the design. */
  readonly held: Schema;
  /** All of it: what is new in the text may be something of it. */
  readonly schema: Schema;
  readonly drawn: Drawn;
}

type Way = "rename" | "lines" | "elements";
const WAYS: readonly Way[] = ["rename", "lines", "lines", "lines", "elements", "lines", "lines"];

/** The edits, one batch after the other; `whole` writes everything anew. */
export function follow(
  speaker: Speaker,
  wanted: Wanted,
  touched: ReadonlySet<string>,
  whole: () => string,
): readonly (readonly TextEdit[])[] {
  const batches: (readonly TextEdit[])[] = [];
  const want = new Side(wanted.name, wanted.held, wanted.drawn, speaker.dialect);
  const hear = (edits: readonly TextEdit[]): boolean => {
    const before = speaker.text;
    speaker.hear(
      edited(before, edits),
      edits,
      () => wanted.schema,
      () => wanted.drawn,
    );
    if (speaker.broken) speaker.forget(before);
    else batches.push(...[edits, speaker.beyond].filter(({ length }) => length > 0));
    return !speaker.broken;
  };
  for (const way of WAYS) {
    const have = sideOf(speaker);
    if (fits(have, want, touched)) return batches;
    const edits = ordered(editsOf(way, speaker, have, want, touched));
    if (edits.length > 0) hear(edits);
  }
  if (fits(sideOf(speaker), want, touched)) return batches;
  hear([{ from: 0, to: speaker.text.length, insert: whole() }]);
  return batches;
}

const sideOf = ({ name, schema, drawn, dialect }: Speaker): Side => new Side(name, schema, drawn, dialect);

function editsOf(way: Way, { outline }: Speaker, have: Side, want: Side, touched: ReadonlySet<string>): TextEdit[] {
  if (way !== "lines") {
    const rename = { outline, have: have.schema, want: want.schema, haveNames: have.names, wantNames: want.names, touched };
    const renames = renameEdits(rename);
    return way === "rename" ? renames : [...elementEdits(outline, have, want, touched, true), ...renames];
  }
  const elements = elementEdits(outline, have, want, touched, false);
  // A relation may need a table or a column that comes only now, and its lines may go with a table that does not stay.
  if (elements.length > 0 && !onlyGone(have, want, touched)) return [...elements, ...relationsGone(outline, have, want, touched)];
  const relations = relationEdits(outline, have, want, relationsOf(touched, have, want));
  return [...elements, ...relations, ...drawnEdits(outline, have, want, touched), ...projectEdits(outline, have, want, touched)];
}

/** Tables go, and none comes or changes. */
const onlyGone = (have: Side, want: Side, touched: ReadonlySet<string>): boolean =>
  [...touched].every((id) => !want.tables.has(id) || tableKey(have.pieces(id)) === tableKey(want.pieces(id)));

function relationsGone(outline: Outline, have: Side, want: Side, touched: ReadonlySet<string>): TextEdit[] {
  const gone = [...relationsOf(touched, have)].filter((id) => !want.keys.has(id));
  const groups = have.drawn.groups.map(({ id }) => id as string).filter((id) => touched.has(id));
  return [
    ...relationEdits(outline, have, want, new Set(gone)),
    ...drawnEdits(outline, have, want, new Set(groups)).filter(({ insert }) => insert === ""),
  ];
}

function projectEdits({ file }: Outline, have: Side, want: Side, touched: ReadonlySet<string>): TextEdit[] {
  const [project] = file.projects;
  if (!touched.has("name") || have.name === want.name || want.name === "" || !project) return [];
  const insert = nameText(want.name);
  if (project.name) return [{ from: project.name.start, to: project.name.end, insert }];
  const at = project.start + "Project".length;
  return [{ from: at, to: at, insert: ` ${insert}` }];
}

/** All that was touched reads as it should. */
function fits(have: Side, want: Side, touched: ReadonlySet<string>): boolean {
  for (const id of touched) {
    if (tableKey(have.pieces(id)) !== tableKey(want.pieces(id)) || have.enumeration(id) !== want.enumeration(id)) return false;
    const place = have.drawn.places.get(id as never);
    if (place && want.drawn.places.get(id as never)?.join() !== place.join()) return false;
  }
  for (const id of relationsOf(touched, have, want)) if (have.relation(id) !== want.relation(id)) return false;
  if (touched.has("name") && have.name !== want.name && want.name !== "") return false;
  return drawnFits(have, want, touched);
}

function drawnFits(have: Side, want: Side, touched: ReadonlySet<string>): boolean {
  const group = ({ drawn }: Side, id: string): string => {
    const found = drawn.groups.find((one) => one.id === id);
    return found ? JSON.stringify([found.name, found.tint, [...found.members].sort()]) : "";
  };
  const sticky = ({ drawn }: Side, id: string): string => {
    const found = drawn.notes.find((one) => one.id === id);
    return found ? JSON.stringify([found.tint, found.text]) : "";
  };
  return [...touched].every((id) => group(have, id) === group(want, id) && sticky(have, id) === sticky(want, id));
}
