/** `@dbml/core`: its model of what it imported. */
// @ts-expect-error it is installed when it is measured, not with the project
import { Parser } from "@dbml/core";
import { measure } from "./read.ts";

interface Index {
  readonly pk?: boolean | string;
  readonly unique?: boolean;
}
interface Field {
  readonly pk?: boolean;
  readonly unique?: boolean;
  readonly note?: string | null;
  readonly checks?: readonly unknown[];
}
interface Table {
  readonly fields: readonly Field[];
  readonly indexes: readonly Index[];
  readonly checks?: readonly unknown[];
  readonly note?: string | null;
}
interface Model {
  readonly schemas: readonly { readonly tables: readonly Table[]; readonly refs: readonly unknown[] }[];
}

const parser = new (Parser as new () => { parse: (text: string, format: "mysql") => Model })();

await measure((text) => {
  const { schemas } = parser.parse(text, "mysql");
  const tables = schemas.flatMap((schema) => schema.tables);
  const fields = tables.flatMap((table) => table.fields);
  const indexes = tables.flatMap((table) => table.indexes);
  const keyed = tables.filter((table) => table.fields.some(({ pk }) => pk) || table.indexes.some(({ pk }) => Boolean(pk)));
  const plain = indexes.filter(({ pk, unique }) => !pk && !unique).length;
  const uniq = indexes.filter(({ pk, unique }) => !pk && unique).length + fields.filter(({ unique }) => unique).length;
  const noted = (items: readonly { readonly note?: string | null }[]): number => items.filter(({ note }) => Boolean(note)).length;
  const counts = {
    tables: tables.length,
    columns: fields.length,
    pk: keyed.length,
    uniq,
    fk: schemas.reduce((sum, { refs }) => sum + refs.length, 0),
    indexes: keyed.length + uniq + plain,
    checks: [...tables, ...fields].reduce((sum, { checks }) => sum + (checks?.length ?? 0), 0),
    views: 0,
    triggers: 0,
    comments: noted(tables) + noted(fields),
  };
  return { counts, errors: 0 };
});
