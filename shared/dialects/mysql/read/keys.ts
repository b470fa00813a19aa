/** Keys, indexes, foreign keys and checks as CREATE TABLE and ALTER TABLE write them. */
import type { ReferentialAction } from "../../../model/index.ts";
import { type Context, placeOf } from "./context.ts";
import type { DraftCheck, DraftForeignKey, DraftKey, DraftPart } from "./draft.ts";

/** One of the things a table is constrained by; names that are not written are null. */
export type ReadItem =
  | { readonly kind: "key"; readonly key: Omit<DraftKey, "name">; readonly name: string | null }
  | { readonly kind: "check"; readonly check: Omit<DraftCheck, "name">; readonly name: string | null }
  | { readonly kind: "foreign"; readonly key: Omit<DraftForeignKey, "name">; readonly name: string | null };

interface Parts {
  readonly parts: readonly DraftPart[];
  readonly period: string | null;
}

/** `(a, b(10) DESC, (lower(c)), p WITHOUT OVERLAPS)`. */
export function readParts({ cursor }: Context): Parts {
  let period: string | null = null;
  if (!cursor.skip("(")) return { parts: [], period };
  const parts = cursor.list((): DraftPart | null => {
    if (cursor.peek() === "(") {
      const expression = (cursor.group() ?? "").trim();
      return { column: null, expression, length: null, descending: direction() };
    }
    const column = cursor.name();
    if (cursor.skip("WITHOUT", "OVERLAPS")) {
      period = column;
      return null;
    }
    const length = cursor.group()?.trim() ?? null;
    return { column, expression: null, length, descending: direction() };
  });
  function direction(): boolean {
    const descending = cursor.skip("DESC");
    if (!descending) cursor.skip("ASC");
    return descending;
  }
  return { parts: parts.filter((part) => part !== null), period };
}

interface KeyOptions {
  using: string | null;
  comment: string | null;
  readonly options: Record<string, string>;
}

const SETTINGS: Readonly<Record<string, string>> = {
  KEY_BLOCK_SIZE: "key_block_size",
  ENGINE_ATTRIBUTE: "engine_attribute",
  SECONDARY_ENGINE_ATTRIBUTE: "secondary_engine_attribute",
  CLUSTERING: "clustering",
};

/** One option of an index; false when the next words are none. */
function readOption({ cursor, flavour }: Context, into: KeyOptions): boolean {
  const word = cursor.peek();
  if (word === "USING" || word === "TYPE") {
    cursor.next();
    into.using = cursor.name().toLowerCase();
  } else if (cursor.skip("COMMENT")) {
    cursor.skip("=");
    into.comment = cursor.string() || null;
  } else if (cursor.skip("WITH", "PARSER")) into.options["parser"] = cursor.name();
  else if (word === "INVISIBLE" || word === "IGNORED") {
    cursor.next();
    into.options[flavour.hiddenIndex] = "true";
  } else if (word === "VISIBLE" || (word === "NOT" && cursor.peek(1) === "IGNORED")) {
    if (cursor.next().word === "NOT") cursor.next();
  } else {
    const setting = SETTINGS[word];
    if (setting === undefined) return false;
    cursor.next();
    cursor.skip("=");
    into.options[setting] = cursor.string() ?? cursor.name() ?? "";
    if (into.options[setting] === "") into.options[setting] = cursor.raw();
  }
  return true;
}

const ALGORITHM = new Set(["ALGORITHM", "LOCK"]);

/** Options before and after the parts; `WAIT`, `ALGORITHM` and `LOCK` of CREATE INDEX are about how, not what. */
export function readKeyOptions(context: Context, into: KeyOptions): void {
  const { cursor } = context;
  for (;;) {
    if (readOption(context, into)) continue;
    if (!ALGORITHM.has(cursor.peek())) return;
    cursor.next();
    cursor.skip("=");
    cursor.next();
  }
}

/** From the name (or what stands in its place) to the end of the key's options. */
export function readKey(context: Context, kind: DraftKey["kind"]): Extract<ReadItem, { kind: "key" }> {
  const { cursor } = context;
  cursor.skip("IF", "NOT", "EXISTS");
  const into: KeyOptions = { using: null, comment: null, options: {} };
  const named = cursor.atName && cursor.peek() !== "USING" && cursor.peek() !== "TYPE";
  const name = named ? cursor.name() : null;
  readKeyOptions(context, into);
  const { parts, period } = readParts(context);
  readKeyOptions(context, into);
  return { kind: "key", name, key: { kind, parts, period, implied: false, ...into } };
}

const ACTIONS: readonly (readonly string[])[] = [
  ["NO", "ACTION"],
  ["RESTRICT"],
  ["CASCADE"],
  ["SET", "NULL"],
  ["SET", "DEFAULT"],
];

function readAction({ cursor }: Context): ReferentialAction | null {
  const words = ACTIONS.find((action) => cursor.skip(...action));
  return words ? (words.join(" ").toLowerCase() as ReferentialAction) : null;
}

/** `REFERENCES t (a, b) MATCH ... ON DELETE ... ON UPDATE ...`. */
export function readReferences(context: Context): Omit<DraftForeignKey, "name" | "columns"> {
  const { cursor, flavour } = context;
  const { offset } = cursor;
  cursor.skip("REFERENCES");
  const { namespace, name } = cursor.qualifiedName();
  const refColumns = cursor.peek() === "(" ? readParts(context).parts.flatMap(({ column }) => column ?? []) : [];
  let full = false;
  let onDelete: ReferentialAction = flavour.silentAction;
  let onUpdate: ReferentialAction = flavour.silentAction;
  for (;;) {
    if (cursor.skip("MATCH")) full = cursor.next().word === "FULL";
    else if (cursor.skip("ON", "DELETE")) onDelete = readAction(context) ?? onDelete;
    else if (cursor.peek() === "ON" && cursor.peek(1) === "UPDATE") {
      cursor.skip("ON", "UPDATE");
      onUpdate = readAction(context) ?? onUpdate;
    } else break;
  }
  const at = placeOf(context, offset, cursor.offset - offset);
  return { refNamespace: namespace, refTable: name, refColumns, onDelete, onUpdate, full, at };
}

function readForeign(context: Context, name: string | null): ReadItem {
  const { cursor } = context;
  cursor.skip("IF", "NOT", "EXISTS");
  const own = cursor.peek() === "(" ? null : cursor.name();
  const columns = readParts(context).parts.flatMap(({ column }) => column ?? []);
  return { kind: "foreign", name: name ?? own, key: { columns, ...readReferences(context) } };
}

/** A key, foreign key or check of a table; null when the next words are none of these. */
export function readItem(context: Context): ReadItem | null {
  const { cursor } = context;
  let name: string | null = null;
  if (cursor.skip("CONSTRAINT")) {
    cursor.skip("IF", "NOT", "EXISTS");
    if (!/^(PRIMARY|UNIQUE|FOREIGN|CHECK)$/.test(cursor.peek())) name = cursor.name();
  }
  if (cursor.skip("PRIMARY", "KEY") || cursor.skip("PRIMARY")) return { ...readKey(context, "primary"), name: "PRIMARY" };
  if (cursor.skip("FOREIGN", "KEY")) return readForeign(context, name);
  if (cursor.skip("CHECK")) {
    const expression = (cursor.group() ?? "").trim();
    const not = cursor.skip("NOT", "ENFORCED");
    if (!not) cursor.skip("ENFORCED");
    return { kind: "check", name, check: { expression, enforced: !not } };
  }
  const kind = keyKind(context);
  if (kind === null) return null;
  const item = readKey(context, kind);
  return { ...item, name: item.name ?? name };
}

/** `UNIQUE`, `FULLTEXT`, `SPATIAL` with or without KEY or INDEX, or one of these alone. */
function keyKind({ cursor }: Context): DraftKey["kind"] | null {
  const [word, second] = [cursor.peek(), cursor.peek(1)];
  // A column may have one of these words as its name: then its type follows.
  const special = word === "UNIQUE" || word === "FULLTEXT" || word === "SPATIAL";
  if (special) {
    cursor.next();
    if (second === "KEY" || second === "INDEX") cursor.next();
    return word.toLowerCase() as DraftKey["kind"];
  }
  if (word !== "KEY" && word !== "INDEX") return null;
  cursor.next();
  return "index";
}
