/** The field of one end of a relation. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { ReferentialAction, Table } from "../../../model/index.ts";
import { foreignName } from "../../kit/names.ts";
import { familyOf } from "../../kit/family.ts";
import { quoted } from "../text/strings.ts";
import type { End, Naming } from "./naming.ts";
import type { Line } from "./print.ts";

const ACTIONS: Readonly<Record<ReferentialAction, string>> = {
  "no action": "NoAction",
  restrict: "Restrict",
  cascade: "Cascade",
  "set null": "SetNull",
  "set default": "SetDefault",
};

/** An end that leads to a model Prisma's client does not know is not its client's either. */
export function relationLine(end: End, naming: Naming, ignored: ReadonlySet<string>, table: Table, dialect: Dialect): Line {
  const { field, link, name, owns } = end;
  const other = owns ? link.target : link.table;
  const ignore = ignored.has(other.id) && !ignored.has(table.id) ? ["@ignore"] : [];
  const model = naming.models.get(other.id) ?? "";
  if (!owns) {
    const relation = name === null ? [] : [`@relation(${quoted(name)})`];
    return [field, `${model}${link.inOrder ? "?" : "[]"}`, [...relation, ...ignore].join(" ")];
  }
  const { key, columns, refColumns, required } = link;
  const optional = columns.every(({ notNull }) => !notNull);
  const usual = foreignName(
    table.name,
    columns.map((column) => column.name),
    dialect,
  );
  const args = [
    ...(name === null ? [] : [quoted(name)]),
    `fields: [${columns.map(naming.field).join(", ")}]`,
    `references: [${refColumns.map(naming.field).join(", ")}]`,
    ...(key.onDelete === (optional ? "set null" : "restrict") ? [] : [`onDelete: ${ACTIONS[key.onDelete]}`]),
    ...(key.onUpdate === "cascade" ? [] : [`onUpdate: ${ACTIONS[key.onUpdate]}`]),
    ...(key.name === usual || familyOf(dialect) === "sqlite" ? [] : [`map: ${quoted(key.name)}`]),
  ];
  return [field, `${model}${required ? "" : "?"}`, [`@relation(${args.join(", ")})`, ...ignore].join(" ")];
}
