/** This part is in charge of PlantUML: entities in packages, with their relations (plantuml.com/ie-diagram). */
import type { Dialect } from "../../dialects/dialect.ts";
import { cardinalityOf } from "../../drawing/index.ts";
import { type ForeignKey, lookup, type Schema, type Table, type View } from "../../model/index.ts";
import type { Format } from "../format.ts";
import type { Design } from "../json/index.ts";
import { BARE, LOSSES } from "../kit/losses.ts";
import { showing } from "../kit/shown.ts";
import { wellFormed } from "../kit/xml.ts";

/** Letters that mean something somewhere are named by their numbers, which PlantUML reads everywhere in a text. */
const said = (text: string): string =>
  wellFormed(text).replace(/^_|__+|_$|[^\p{L}\p{N}\p{So}\p{M} _.,()[\]:-]|--+|\.\.+|^[-.:]/gu, (letters) =>
    [...letters].map((letter) => `<U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`).join(""),
  ) || " ";

type Names = ReadonlyMap<string, string>;

function tableLines(table: Table, name: string, schema: Schema, short: (type: string) => string): string[] {
  const { keyMark, primaryKey } = lookup(schema);
  const primary = new Set<string>(primaryKey(table));
  const line = ({ id, name: column, type, notNull, identity, generated }: Table["columns"][number]): string => {
    const mark = keyMark(table, id);
    const marks = [...(mark === null ? [] : [`<<${mark}>>`]), ...(identity || generated ? ["<<generated>>"] : [])];
    return `  ${notNull ? "* " : ""}${said(column)} : ${[said(short(type)), ...marks].join(" ")}`;
  };
  const keys = table.columns.filter(({ id }) => primary.has(id)).map(line);
  const rest = table.columns.filter(({ id }) => !primary.has(id)).map(line);
  return [`entity "${said(table.name)}" as ${name} {`, ...keys, "  --", ...rest, "}"];
}

const viewLines = (view: View, name: string, short: (type: string) => string): string[] => [
  `entity "${said(view.name)}" as ${name} <<view>> {`,
  "  --",
  ...view.columns.map((column) => `  ${said(column.name)} : ${said(short(column.type))}`),
  "}",
];

/** The child's end first: how many it may be, then whether it needs a parent. */
function relationLine(key: ForeignKey, tables: ReadonlyMap<string, Table>, names: Names): string[] {
  const child = tables.get(key.tableId);
  const [from, to] = [names.get(key.tableId), names.get(key.refTableId)];
  if (!child || from === undefined || to === undefined) return [];
  const { single, optional, identifying } = cardinalityOf(key, child);
  const ends = `${single ? "|o" : "}o"}${identifying ? "--" : ".."}${optional ? "o|" : "||"}`;
  return [`${from} ${ends} ${to} : ${said(key.name)}`];
}

function print({ name, schema }: Design, { types, features }: Dialect): string {
  const names: Names = new Map([...schema.tables, ...schema.views].map(({ id }, at) => [id, `t${String(at + 1)}`]));
  const called = (id: string): string => names.get(id) ?? "";
  const tables = new Map<string, Table>(schema.tables.map((table) => [table.id, table]));
  const packages = schema.namespaces.flatMap((namespace) => {
    const own = <T extends { readonly namespaceId: string }>(list: readonly T[]): readonly T[] =>
      list.filter(({ namespaceId }) => namespaceId === namespace.id);
    const lines = [
      ...own(schema.tables).flatMap((table) => tableLines(table, called(table.id), schema, types.short)),
      ...own(schema.views).flatMap((view) => viewLines(view, called(view.id), types.short)),
      ...own(schema.types).flatMap((type) =>
        type.kind === "enum" ? [`enum "${said(type.name)}" {`, ...type.values.map((value) => `  ${said(value)}`), "}"] : [],
      ),
    ];
    if (lines.length === 0) return [];
    const usual = namespace.name === features.defaultNamespace;
    return usual ? lines : [`package "${said(namespace.name)}" {`, ...lines.map((line) => `  ${line}`), "}"];
  });
  const relations = schema.foreignKeys.flatMap((key) => relationLine(key, tables, names));
  const title = name.trim() === "" ? [] : [`title ${said(name)}`];
  return [
    "@startuml",
    ...title,
    "hide circle",
    "skinparam linetype ortho",
    "",
    ...packages,
    "",
    ...relations,
    "@enduml",
    "",
  ].join("\n");
}

export const plantuml = {
  id: "plantuml",
  label: "PlantUML",
  about: "an entity diagram as text, for wikis and documents",
  extensions: ["puml", "plantuml"],
  mediaType: "text/plain",
  reader: null,
  writer: {
    variants: [],
    losses: LOSSES,
    hold: showing({
      ...BARE,
      namespaces: true,
      views: true,
      enums: true,
      increment: "identity",
      emptyTables: true,
      notNull: true,
      primaryKeys: true,
      relations: true,
      relationNames: true,
      compositeRelations: true,
    }),
    print,
  },
} as const satisfies Format;
