/** A column's definition, as CREATE TABLE and ADD COLUMN take it. */
import type { Column } from "../../../model/index.ts";
import { identifier, literal } from "../quote.ts";

export interface ColumnContext {
  /** Of a partition, whose identity belongs to the parent. */
  readonly partition: boolean;
}

function notNull(column: Column): string {
  if (column.options["not_null_not_valid"] !== undefined) return "";
  const name = column.options["not_null_name"];
  const rest = column.options["not_null_no_inherit"] === undefined ? "" : " NO INHERIT";
  return `${name === undefined ? "" : ` CONSTRAINT ${identifier(name)}`} NOT NULL${rest}`;
}

/** The text after the column's name. */
export function columnDefinition(column: Column, { partition }: ColumnContext): string {
  const { storage, compression } = column.options;
  const foreign = Object.entries(column.options).flatMap(([name, value]) =>
    name.startsWith("fdw.") ? `${identifier(name.slice("fdw.".length))} ${literal(value)}` : [],
  );
  const parts = [column.type];
  if (foreign.length > 0) parts.push(` OPTIONS (${foreign.join(", ")})`);
  if (storage !== undefined) parts.push(` STORAGE ${storage}`);
  if (compression !== undefined) parts.push(` COMPRESSION ${compression}`);
  if (column.collation !== null) parts.push(` COLLATE ${column.collation}`);
  if (column.generated)
    parts.push(` GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`);
  else if (column.identity && !partition) {
    const options = column.identity.sequence === "" ? "" : ` (${column.identity.sequence})`;
    parts.push(` GENERATED ${column.identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY${options}`);
  } else if (column.default !== null) parts.push(` DEFAULT ${column.default}`);
  if (column.notNull) parts.push(notNull(column));
  return parts.join("");
}

/** Settings of a column that only ALTER TABLE can give: what follows `ALTER COLUMN name`. */
export function columnSettings(column: Column): string[] {
  const found: string[] = [];
  const parameters: string[] = [];
  for (const [name, value] of Object.entries(column.options)) {
    if (name === "statistics") found.push(`SET STATISTICS ${value}`);
    if (name.startsWith("attribute.")) parameters.push(`${name.slice("attribute.".length)}=${value}`);
  }
  if (parameters.length > 0) found.push(`SET (${parameters.join(", ")})`);
  return found;
}
