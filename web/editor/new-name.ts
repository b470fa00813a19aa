/** A new name for what a name in the text means, as changes of the design. */
import type { Text } from "@codemirror/state";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { renameColumn, renameRelation, renameType } from "#shared/edit/index.ts";
import type { Change, Schema } from "#shared/model/index.ts";
import type { Meaning, NameHere } from "./meaning.ts";
import { tableNamed } from "./offers.ts";

type Rename = (to: string) => readonly Change[];

/** What gives it another name; null where it is nothing of the design. */
export function newNameFor({ meanings }: NameHere, doc: Text, schema: Schema, dialect: Dialect): Rename | null {
  const design = { schema: () => schema, dialect };
  const of = (meaning: Meaning): Rename | null => {
    if (meaning.kind === "column") {
      const table = tableNamed({ design, doc }, meaning.table);
      const column = table?.columns.find(({ name }) => name === meaning.name);
      return table && column ? (to) => renameColumn(schema, table, column, to, dialect) : null;
    }
    if (meaning.kind === "table") {
      const table = tableNamed({ design, doc }, meaning.parts);
      return table ? (name) => renameRelation(schema, table, { name }, dialect) : null;
    }
    const type = meaning.kind === "enum" ? schema.types.find(({ name }) => name === meaning.parts.at(-1)) : undefined;
    return type ? (to) => renameType(schema, type, to, dialect) : null;
  };
  for (const meaning of meanings) {
    const found = of(meaning);
    if (found) return found;
  }
  return null;
}
