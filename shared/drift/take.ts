/** Which changes belong together: what one needs to make sense is taken with it. */
import type { Change } from "../model/index.ts";
import type { Difference, DriftGroup } from "./drift.ts";

const subjectOf = (change: Change): string =>
  change.kind === "reorder" ? change.ownerId : change.kind === "create" ? change.after.id : change.before.id;

/** Every text in a value: ids among them. */
function texts(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (value !== null && typeof value === "object") for (const item of Object.values(value)) texts(item, into);
}

function mentioned(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  texts(value, found);
  return found;
}

interface Links {
  /** The change that makes what has an id, its columns included. */
  readonly makers: ReadonlyMap<string, Difference>;
  /** What speaks of an id before its change. */
  readonly speakers: ReadonlyMap<string, readonly Difference[]>;
  /** Changes that make a type, by how columns call it. */
  readonly types: ReadonlyMap<string, Difference>;
}

function linksOf(all: readonly Difference[]): Links {
  const makers = new Map<string, Difference>();
  const speakers = new Map<string, Difference[]>();
  const types = new Map<string, Difference>();
  for (const difference of all) {
    const { change } = difference;
    if (change.kind === "create") {
      makers.set(change.after.id, difference);
      if (change.entity === "table") for (const { id } of change.after.columns) makers.set(id, difference);
      if (change.entity === "type") types.set(change.after.name, difference);
    }
    if (change.kind !== "create" && change.kind !== "reorder")
      for (const id of mentioned(change.before)) {
        const list = speakers.get(id);
        if (list) list.push(difference);
        else speakers.set(id, [difference]);
      }
  }
  return { makers, speakers, types };
}

/** What says a dropped column's name in its own text, and counts on its table. */
function readers(change: Change, { speakers }: Links): readonly Difference[] {
  if (change.kind !== "drop" || change.entity !== "column") return [];
  return (speakers.get(change.ownerId ?? "") ?? []).filter(
    (other) => other.change.kind !== "reorder" && definitionOf(other.change).includes(change.before.name),
  );
}

function definitionOf(change: Exclude<Change, { kind: "reorder" }>): string {
  const item = change.kind === "create" ? change.after : change.before;
  return "definition" in item ? item.definition : "";
}

/** What a change cannot do without. */
function needs({ change }: Difference, links: Links): readonly Difference[] {
  const { makers, speakers, types } = links;
  const found: Difference[] = [...readers(change, links)];
  if (change.kind === "create" || change.kind === "alter") {
    for (const id of [...mentioned(change.after), ...(change.ownerId === null ? [] : [change.ownerId as string])]) {
      const maker = makers.get(id);
      if (maker) found.push(maker);
    }
    const called =
      change.entity === "column"
        ? [change.after.type]
        : change.entity === "table"
          ? change.after.columns.map(({ type }) => type)
          : [];
    for (const type of called) {
      const bare = type
        .replace(/(\[\])+$/, "")
        .replace(/^.*\./, "")
        .replaceAll('"', "");
      const maker = types.get(bare);
      if (maker) found.push(maker);
    }
  }
  if (change.kind === "reorder") for (const id of change.after) found.push(...[makers.get(id) ?? []].flat());
  // What speaks of something that goes must go, or change, with it.
  if (change.kind === "drop") {
    const gone = [subjectOf(change), ...(change.entity === "table" ? change.before.columns.map(({ id }) => id as string) : [])];
    for (const id of gone) found.push(...(speakers.get(id) ?? []));
  }
  return found;
}

/** The differences of the given keys, and those that they need, in the order in which they were found. */
export function withNeeds(groups: readonly DriftGroup[], keys: ReadonlySet<string>): readonly Difference[] {
  const all = groups.flatMap(({ differences }) => differences);
  const links = linksOf(all);
  const taken = new Set(all.filter(({ key }) => keys.has(key)));
  const open = [...taken];
  for (let next = open.pop(); next; next = open.pop())
    for (const need of needs(next, links))
      if (!taken.has(need)) {
        taken.add(need);
        open.push(need);
      }
  return all.filter((difference) => taken.has(difference));
}

/** The way back: what a change made goes, what it dropped comes again. */
export function reversed(change: Change): Change {
  switch (change.kind) {
    case "create":
      return { ...change, kind: "drop", before: change.after } as unknown as Change;
    case "drop":
      return { ...change, kind: "create", after: change.before, at: null } as unknown as Change;
    case "alter":
    case "reorder":
      return { ...change, before: change.after, after: change.before } as Change;
  }
}
