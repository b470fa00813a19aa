/** A design as a page of documentation: what there is, then a section for each table, type, view and object. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Schema, UserType, View } from "../../model/index.ts";
import type { Design } from "../json/index.ts";
import { takeName } from "../kit/names.ts";
import { block, code, prose, table as rows } from "./escape.ts";
import { overview } from "./mermaid.ts";
import { type Page, tableBlocks } from "./tables.ts";

/** A word for links: letters and digits, the rest as one dash. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "x";

function pageOf(schema: Schema, { features }: Dialect): Page & { readonly anchor: (id: string) => string } {
  const spaces = new Map<string, string>(schema.namespaces.map(({ id, name }) => [id, name]));
  const taken = new Set<string>();
  const known = new Map<string, { readonly name: string; readonly anchor: string }>();
  for (const { id, name, namespaceId } of [...schema.tables, ...schema.views, ...schema.types]) {
    const space = spaces.get(namespaceId) ?? "";
    const called = space === features.defaultNamespace || space === "" ? name : `${space}.${name}`;
    known.set(id, { name: called, anchor: takeName(slug(called), taken) });
  }
  const name = (id: string): string => known.get(id)?.name ?? id;
  const anchor = (id: string): string => known.get(id)?.anchor ?? "";
  return { name, anchor, link: (id) => (known.has(id) ? `[${code(name(id))}](#${anchor(id)})` : code(name(id))) };
}

function typeBlocks(type: UserType): string[] {
  const about = type.comment === null ? [] : [prose(type.comment)];
  switch (type.kind) {
    case "enum":
      return [...about, `Values: ${type.values.length === 0 ? "none" : type.values.map(code).join(", ")}`];
    case "domain": {
      const value = type.default === null ? "" : `, ${code(type.default)} where nothing is said`;
      const checks = rows(
        ["Check", "Expression"],
        type.checks.map(({ name, expression }) => [code(name), code(expression)]),
      );
      return [...about, `${code(type.base)}${type.notNull ? ", not null" : ""}${value}`, ...(checks === "" ? [] : [checks])];
    }
    case "composite":
      return [
        ...about,
        rows(
          ["Field", "Type"],
          type.fields.map((field) => [code(field.name), code(field.type)]),
        ),
      ];
    case "range":
      return [...about, `A range of ${code(type.subtype)}`];
  }
}

function viewBlocks({ comment, columns, definition, materialized }: View): string[] {
  return [
    ...(comment === null ? [] : [prose(comment)]),
    ...(materialized ? ["Materialized."] : []),
    rows(
      ["Column", "Type", "Comment"],
      columns.map((column) => [code(column.name), code(column.type), column.comment === null ? "" : prose(column.comment)]),
    ),
    block(definition, "sql"),
  ];
}

/** `variant` is `diagram` for a page that begins with one. */
export function printMarkdown({ name, schema }: Design, dialect: Dialect, variant: string): string {
  const page = pageOf(schema, dialect);
  const { tables, types, views, sequences, verbatim } = schema;
  const heading = (id: string): string => `### <a id="${page.anchor(id)}"></a>${code(page.name(id))}`;
  const part = (title: string, blocks: readonly string[]): string[] => (blocks.length === 0 ? [] : [`## ${title}`, ...blocks]);
  const contents = tables.map(({ id, columns, comment }) => [
    page.link(id),
    String(columns.length),
    comment === null ? "" : prose(comment),
  ]);
  const blocks = [
    `# ${name.trim() === "" ? dialect.label : prose(name)}`,
    `${dialect.label}, ${String(tables.length)} tables, ${String(schema.foreignKeys.length)} foreign keys.`,
    ...(variant === "diagram"
      ? [
          block(
            overview(schema, ({ id }) => page.name(id)),
            "mermaid",
          ),
        ]
      : []),
    rows(["Table", "Columns", "Comment"], contents),
    ...part(
      "Tables",
      tables.flatMap((table) => [heading(table.id), ...tableBlocks(table, schema, page)]),
    ),
    ...part(
      "Types",
      types.flatMap((type) => [heading(type.id), ...typeBlocks(type)]),
    ),
    ...part(
      "Views",
      views.flatMap((view) => [heading(view.id), ...viewBlocks(view)]),
    ),
    ...part(
      "Sequences",
      [
        rows(
          ["Name", "Type", "Definition"],
          sequences.map((each) => [code(each.name), code(each.type), code(each.definition)]),
        ),
      ].filter((text) => text !== ""),
    ),
    ...part(
      "Other objects",
      verbatim.flatMap((object) => [
        `### ${prose(object.kind)} ${code(object.name)}`,
        ...(object.comment === null ? [] : [prose(object.comment)]),
        block(object.definition, "sql"),
      ]),
    ),
  ];
  return `${blocks.filter((text) => text !== "").join("\n\n")}\n`;
}
