/** Columns of the model from columns of a text: types, defaults, settings. */
import { type Column, type ColumnId, makeColumn, type Sequence, type TableId } from "../../../model/index.ts";
import type { ColumnNode, Endpoint, Piece, Setting, Span, TypeText, Value } from "../text/ast.ts";
import { hasSerial, sequenceName } from "../../kit/names.ts";
import { idOf, safe } from "../../kit/ids.ts";
import { type Context, type Printed, settle, textOf, type Wanted } from "./context.ts";
import { keyOf, type SourceFile } from "./files.ts";

/** A relation that stands in a column's settings. */
export interface InlineRef {
  readonly column: string;
  readonly operator: string;
  readonly to: Endpoint;
  readonly span: Span;
  readonly piece: Piece;
}

export interface ColumnDraft {
  readonly column: Column;
  /** It says that it may be NULL. */
  readonly nullable: boolean;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly checks: readonly string[];
  readonly refs: readonly InlineRef[];
  readonly sequence: Sequence | null;
}

/** The table that columns are made for. */
export interface ColumnPlace {
  readonly tableId: TableId;
  readonly namespace: string;
  readonly table: string;
  /** What the ids of its columns begin with. */
  readonly head: string;
}

const SERIAL: ReadonlyMap<string, string> = new Map([
  ["serial", "integer"],
  ["serial4", "integer"],
  ["bigserial", "bigint"],
  ["serial8", "bigint"],
  ["smallserial", "smallint"],
  ["serial2", "smallint"],
]);

/** How a value of an enum is compared with the enum that is named before it. */
export function enumOf(context: Context, file: SourceFile, parts: readonly string[]): ReturnType<SourceFile["enums"]["get"]> {
  const { namespace, name } = context.files.split({ parts });
  return file.enums.get(keyOf(namespace, name));
}

/** The type as the dialect's engine would print it. */
function typeOf(context: Context, file: SourceFile, type: TypeText): Printed {
  const known = context.typesOf(file);
  let found = known.get(type);
  if (!found) known.set(type, (found = printedType(context, file, type)));
  if (found.values) context.leave("lists of values", `${context.dialect.label} has no enums; the columns hold texts`);
  return found;
}

function printedType(context: Context, file: SourceFile, type: TypeText): Printed {
  const { dialect } = context;
  const { identifier } = dialect.quote;
  const [only = "", ...more] = type.parts;
  const found = type.args === "" ? enumOf(context, file, type.parts) : undefined;
  if (found && dialect.features.enums) {
    const text = `${identifier(context.namespaceName(found.namespace))}.${identifier(found.name)}${type.array}`;
    return { text, counted: null, values: false };
  }
  if (found) {
    const values = found.node.values.map(({ name }) => context.literal(name.parts.join("."))).join(",");
    const listed = dialect.types.common.includes("enum");
    return { text: dialect.types.canonical(listed ? `enum(${values})` : "text"), counted: null, values: !listed };
  }
  if (more.length > 0)
    return { text: type.parts.map(identifier).join(".") + type.args + type.array, counted: null, values: false };
  const counted = hasSerial(dialect) ? (SERIAL.get(only.toLowerCase()) ?? null) : null;
  return { text: dialect.types.canonical(`${only}${type.args}${type.array}`), counted, values: false };
}

/** The default as SQL; null for none. Gives false for what cannot be one. */
function defaultOf(context: Context, piece: Piece, value: Value | null): string | null | false {
  switch (value?.kind) {
    case "number":
    case "expression":
      return value.text;
    case "string":
      return context.literal(value.text);
    case "words": {
      const word = value.text.toLowerCase();
      return word === "null" ? null : word === "true" || word === "false" ? word : false;
    }
    case "name": {
      const [only, ...more] = value.parts;
      if (more.length === 0) return context.literal(only ?? "");
      const found = enumOf(context, context.files.of(piece), value.parts.slice(0, -1));
      const last = value.parts.at(-1) ?? "";
      if (!found)
        context.tell(piece, {
          start: value.start,
          end: value.end,
          code: "text.missing",
          what: "Enum",
          name: value.parts.slice(0, -1).join("."),
        });
      else if (!found.node.values.some(({ name }) => name.parts.join(".") === last))
        context.tell(piece, {
          start: value.end - last.length,
          end: value.end,
          code: "text.missing",
          what: "value",
          name: last,
        });
      return context.literal(last);
    }
    default:
      return false;
  }
}

/** `serial` is a type only where it is declared: what stands in a catalogue is a sequence that a default reads. */
function serial(context: Context, place: ColumnPlace, name: string, id: ColumnId, type: string): Sequence {
  const { dialect } = context;
  const sequence = sequenceName(place.table, name, dialect);
  return {
    id: idOf("sequence", place.namespace, sequence),
    namespaceId: context.namespace(place.namespace),
    name: sequence,
    comment: null,
    type,
    definition: "",
    unlogged: false,
    ownedBy: { tableId: place.tableId, columnId: id },
  };
}

/** What the settings of a column say. */
interface Said {
  primary: boolean;
  unique: boolean;
  increment: boolean;
  notNull: boolean | null;
  fallback: string | null;
  comment: string | null;
  readonly checks: string[];
  readonly refs: InlineRef[];
}

const nothing = (): Said => ({
  primary: false,
  unique: false,
  increment: false,
  notNull: null,
  fallback: null,
  comment: null,
  checks: [],
  refs: [],
});

/** Settings of one word; false for any other. */
function flag(said: Said, name: string): boolean {
  switch (name) {
    case "pk":
    case "primary key":
      return (said.primary = true);
    case "unique":
      return (said.unique = true);
    case "increment":
      return (said.increment = true);
    case "not null":
      return (said.notNull = true);
    case "null":
      said.notNull ??= false;
      return true;
    default:
      return false;
  }
}

const FLAGS = ["pk", "primary key", "unique", "increment", "not null", "null"];

/** What most columns say. */
const NOTHING: Readonly<Said> = nothing();

/** Most columns say nothing, or a flag or two: they are not worth a table of what each setting may be. */
function flagsAlone(settings: readonly Setting[]): Said | null {
  const said = nothing();
  for (const [at, { name, value }] of settings.entries()) {
    if (value !== null || !flag(said, name)) return null;
    for (let before = 0; before < at; before += 1) if (settings[before]?.name === name) return null;
  }
  return said;
}

function saidBy(context: Context, piece: Piece, column: string, settings: readonly Setting[]): Readonly<Said> {
  if (settings.length === 0) return NOTHING;
  const quick = settings.length < 5 ? flagsAlone(settings) : null;
  if (quick) return quick;
  const said = nothing();
  const wanted: Wanted = {
    note: (value) => ((said.comment = textOf(value)) === null ? "a text in quotes" : null),
    default: (value) => {
      const found = defaultOf(context, piece, value);
      if (found === false) return "a number, a text, an expression in backticks, a value of an enum, true, false or null";
      said.fallback = found;
      return null;
    },
    check: (value) => (value?.kind === "expression" ? (said.checks.push(value.text), null) : "an expression in backticks"),
    ref: (value, { start, end }) => {
      if (value?.kind !== "link" || value.operator.includes("<-") || value.operator.includes("->"))
        return "a relation, such as > users.id";
      said.refs.push({ column, operator: value.operator, to: value.to, span: { start, end }, piece });
      return null;
    },
    dep: (value) => {
      if (value?.kind !== "link") return "a source, such as <- users.id";
      context.leave("dependencies between columns", "a design has none");
      return null;
    },
  };
  const flags = FLAGS.map((name) => {
    const take = (value: Value | null): string | null => {
      flag(said, name);
      return value === null ? null : "no value";
    };
    return [name, take] as const;
  });
  const aside = (): void => {
    context.leave("settings of a person's own", "a design has no place for them");
  };
  settle(context, piece, "column", settings, { ...wanted, ...Object.fromEntries(flags) }, aside, ["ref", "check", "dep"]);
  return said;
}

/** A column as its line says it; keys and relations that it says beside it. */
export function columnOf(context: Context, place: ColumnPlace, node: ColumnNode, piece: Piece): ColumnDraft {
  const { name, settings } = node;
  const id = (place.head + safe(name)) as ColumnId;
  const said = saidBy(context, piece, name, settings);
  const { primary, unique, comment, checks, refs } = said;
  let { fallback, notNull } = said;
  if (!node.type)
    context.tell(piece, {
      start: node.start,
      end: node.nameEnd,
      code: "text.expected",
      what: `A type after ${name}`,
      found: "nothing",
    });
  const printed = node.type ? typeOf(context, context.files.of(piece), node.type) : null;
  const type = printed?.counted ?? printed?.text ?? "";
  const sequence = printed?.counted ? serial(context, place, name, id, type) : null;
  if (sequence) {
    const { identifier, literal } = context.dialect.quote;
    fallback ??= `nextval(${literal(`${identifier(place.namespace)}.${identifier(sequence.name)}`).trim()}::regclass)`;
    notNull ??= true;
  }
  const identity = said.increment && !sequence && context.dialect.features.identity ? { always: false, sequence: "" } : null;
  if (identity) notNull ??= true;
  const column = makeColumn({ id, name, type, notNull: notNull ?? primary, default: fallback, comment, identity });
  return { column, nullable: said.notNull === false, primary, unique, checks, refs, sequence };
}
