/** The DBML text of DrawDB's import server, laid out line by line as it is there; defaults and notes are always written. */
import type { SelectedField, SelectedRelation, Selection } from "./selection.ts";
import { typeName } from "./schema.ts";

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PLAIN_TYPE = /^[A-Za-z_][A-Za-z0-9_]*(\[\])?$/;

const name = (text: string): string =>
  PLAIN_NAME.test(text) ? text : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const type = (text: string): string => (PLAIN_TYPE.test(text) ? text : `"${text.replaceAll('"', "")}"`);

/** One line in quotes: what breaks a line would break the settings. */
const string = (text: string): string =>
  `'${text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replace(/\r\n|\r|\n/g, "\\n")}'`;

function fieldLine(field: SelectedField): string {
  const settings = [
    ...(field.primary ? ["pk"] : []),
    ...(field.increment ? ["increment"] : []),
    ...(field.notNull ? ["not null"] : []),
    ...(field.unique ? ["unique"] : []),
    ...(field.default === null ? [] : [`default: ${string(field.default)}`]),
    ...(field.comment === null ? [] : [`note: ${string(field.comment)}`]),
  ];
  const list = settings.length === 0 ? "" : ` [${settings.join(", ")}]`;
  return `  ${name(field.name)} ${type(typeName(field.type))}${list}`;
}

function refLines({ from, to, fields, onUpdate, onDelete }: SelectedRelation): string[] {
  const rules = [
    ...(onUpdate === "restrict" ? [] : [`update: ${onUpdate}`]),
    ...(onDelete === "restrict" ? [] : [`delete: ${onDelete}`]),
  ];
  const list = rules.length === 0 ? "" : ` [${rules.join(", ")}]`;
  return fields.map((pair) => `Ref: ${name(from)}.${name(pair.from)} > ${name(to)}.${name(pair.to)}${list}`);
}

/** `now`: the moment the text says it was made at. */
export function dbmlText({ tables, relations }: Selection, now: Date): string {
  const head = [
    "Project DrawDB_Import {",
    "  database_type: 'Multi-Database'",
    `  Note: 'Generated at ${now.toISOString()}'`,
    "}",
    "",
  ];
  const blocks = tables.flatMap((table) => [`Table ${name(table.name)} {`, ...table.fields.map(fieldLine), "}", ""]);
  return [...head, ...blocks, ...relations.flatMap(refLines), ""].join("\n");
}
