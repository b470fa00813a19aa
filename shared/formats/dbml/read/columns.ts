/** Columns of the model from columns of a text: types, defaults, settings. */
import { type Column, type ColumnId, makeColumn, type Sequence, type TableId } from "../../../model/index.ts";
import type { ColumnNode, Endpoint, Setting, Span, TypeText, Value } from "../text/ast.ts";
import { hasSerial, sequenceName } from "../../kit/names.ts";
import { type Context, idOf, settle, textOf, type Wanted } from "./context.ts";
import { keyOf, type SourceFile } from "./files.ts";

/** A relation that stands in a column's settings. */
export interface InlineRef {
  readonly operator: string;
  readonly to: Endpoint;
  readonly span: Span;
}

export interface ColumnDraft {
  readonly column: Column;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly checks: readonly string[];
  readonly refs: readonly InlineRef[];
  readonly sequence: Sequence | null;
}

export interface ColumnPlace {
  readonly file: SourceFile;
  readonly tableId: TableId;
  readonly namespace: string;
  readonly table: string;
}

const SERIAL: Readonly<Record<string, string>> = {
  serial: "integer",
  serial4: "integer",
  bigserial: "bigint",
  serial8: "bigint",
  smallserial: "smallint",
  serial2: "smallint",
};

/** How a value of an enum is compared with the enum that is named before it. */
export function enumOf(context: Context, file: SourceFile, parts: readonly string[]): ReturnType<SourceFile["enums"]["get"]> {
  const { namespace, name } = context.files.split({ parts });
  return file.enums.get(keyOf(namespace, name));
}

/** The type as the dialect's engine would print it. */
function typeOf(context: Context, file: SourceFile, type: TypeText): string {
  const written = `${type.parts.join(".")}${type.args}${type.array}`;
  const known = context.typesOf(file);
  let found = type.parts.length === 1 ? known.get(written) : undefined;
  if (found !== undefined) return found;
  found = printedType(context, file, type, written);
  if (type.parts.length === 1 && known.size < 10_000) known.set(written, found);
  return found;
}

function printedType(context: Context, file: SourceFile, type: TypeText, written: string): string {
  const { dialect } = context;
  const { identifier } = dialect.quote;
  if (type.args === "") {
    const found = enumOf(context, file, type.parts);
    if (found) {
      if (dialect.features.enums)
        return `${identifier(context.namespaceName(found.namespace))}.${identifier(found.name)}${type.array}`;
      const values = found.node.values.map(({ name }) => context.literal(name.parts.join("."))).join(",");
      const listed = dialect.types.common.includes("enum");
      if (!listed) context.leave("lists of values", `${dialect.label} has no enums; the columns hold texts`);
      return dialect.types.canonical(listed ? `enum(${values})` : "text");
    }
  }
  if (type.parts.length === 1) return dialect.types.canonical(written);
  return type.parts.map(identifier).join(".") + type.args + type.array;
}

/** The default as SQL; null for none. Gives false for what cannot be one. */
function defaultOf(context: Context, file: SourceFile, value: Value | null): string | null | false {
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
      const found = enumOf(context, file, value.parts.slice(0, -1));
      const last = value.parts.at(-1) ?? "";
      if (!found)
        file.tell({
          start: value.start,
          end: value.end,
          code: "text.missing",
          what: "Enum",
          name: value.parts.slice(0, -1).join("."),
        });
      else if (!found.node.values.some(({ name }) => name.parts.join(".") === last))
        file.tell({ start: value.end - last.length, end: value.end, code: "text.missing", what: "value", name: last });
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

const FLAGS: Readonly<Partial<Record<string, (said: Said) => void>>> = {
  __proto__: null as never,
  pk: (said) => (said.primary = true),
  "primary key": (said) => (said.primary = true),
  unique: (said) => (said.unique = true),
  increment: (said) => (said.increment = true),
  "not null": (said) => (said.notNull = true),
  null: (said) => (said.notNull ??= false),
};

/** Most columns say nothing, or a flag or two: they are not worth a table of what each setting may be. */
function flagsAlone(settings: readonly Setting[]): Said | null {
  const said = nothing();
  for (const { name, value } of settings) {
    const flag = value === null ? FLAGS[name] : undefined;
    if (!flag || (settings.length > 1 && settings.filter((other) => other.name === name).length > 1)) return null;
    flag(said);
  }
  return said;
}

function saidBy(context: Context, file: SourceFile, settings: readonly Setting[]): Said {
  const quick = settings.length < 5 ? flagsAlone(settings) : null;
  if (quick) return quick;
  const said = nothing();
  const wanted: Wanted = {
    note: (value) => ((said.comment = textOf(value)) === null ? "a text in quotes" : null),
    default: (value) => {
      const found = defaultOf(context, file, value);
      if (found === false) return "a number, a text, an expression in backticks, a value of an enum, true, false or null";
      said.fallback = found;
      return null;
    },
    check: (value) => (value?.kind === "expression" ? (said.checks.push(value.text), null) : "an expression in backticks"),
    ref: (value, setting) => {
      if (value?.kind !== "link" || value.operator.includes("<-") || value.operator.includes("->"))
        return "a relation, such as > users.id";
      said.refs.push({ operator: value.operator, to: value.to, span: { start: setting.start, end: setting.end } });
      return null;
    },
    dep: (value) => {
      if (value?.kind !== "link") return "a source, such as <- users.id";
      context.leave("dependencies between columns", "a design has none");
      return null;
    },
  };
  const flags = Object.entries(FLAGS).map(([name, flag]) => {
    const take = (value: Value | null): string | null => {
      flag?.(said);
      return value === null ? null : "no value";
    };
    return [name, take] as const;
  });
  const aside = (): void => {
    context.leave("settings of a person's own", "a design has no place for them");
  };
  settle(file, "column", settings, { ...wanted, ...Object.fromEntries(flags) }, aside, ["ref", "check", "dep"]);
  return said;
}

export function columnOf(context: Context, place: ColumnPlace, node: ColumnNode): ColumnDraft {
  const { file } = place;
  const name = node.name.parts.at(-1) ?? "";
  const id = idOf<ColumnId>("column", place.namespace, place.table, name);
  const said = saidBy(context, file, node.settings);
  const { primary, unique, comment, checks, refs } = said;
  let { fallback, notNull } = said;
  const { start, end } = node.name;
  if (!node.type) file.tell({ start, end, code: "text.expected", what: `A type after ${name}`, found: "nothing" });
  const counted =
    node.type?.parts.length === 1 && hasSerial(context.dialect) ? SERIAL[node.type.parts[0]?.toLowerCase() ?? ""] : undefined;
  const type = counted ?? (node.type ? typeOf(context, file, node.type) : "");
  const sequence = counted === undefined ? null : serial(context, place, name, id, type);
  if (sequence) {
    const { identifier, literal } = context.dialect.quote;
    fallback ??= `nextval(${literal(`${identifier(place.namespace)}.${identifier(sequence.name)}`).trim()}::regclass)`;
    notNull ??= true;
  }
  const identity = said.increment && !sequence && context.dialect.features.identity ? { always: false, sequence: "" } : null;
  if (identity) notNull ??= true;
  const column = makeColumn({ id, name, type, notNull: notNull ?? primary, default: fallback, comment, identity });
  return { column, primary, unique, checks, refs, sequence };
}
