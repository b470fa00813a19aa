/** The formats that there are: a line each. Menus, the command line, recognition and the property tests go through this list. */
import type { Dialect } from "../dialects/dialect.ts";
import type { Format } from "./format.ts";
import { chartdb } from "./chartdb/index.ts";
import { dbml } from "./dbml/index.ts";
import { django } from "./django/index.ts";
import { drawdb } from "./drawdb/index.ts";
import { html } from "./html/index.ts";
import { drizzle } from "./drizzle/index.ts";
import { json } from "./json/format.ts";
import { jsonSchema } from "./json-schema/index.ts";
import { mssql } from "./mssql/index.ts";
import { oracle } from "./oracle/index.ts";
import { markdown } from "./markdown/index.ts";
import { mermaid } from "./mermaid/index.ts";
import { pdf } from "./pdf/index.ts";
import { plantuml } from "./plantuml/index.ts";
import { prisma } from "./prisma/index.ts";
import { sqlalchemy } from "./sqlalchemy/index.ts";
import { svg } from "./svg/index.ts";
import { typeorm } from "./typeorm/index.ts";
import { typescript } from "./typescript/index.ts";

export { type Format, writeAs } from "./format.ts";
export { readTogether, together } from "./together.ts";

export const formats = {
  json,
  dbml,
  drawdb,
  chartdb,
  mermaid,
  mssql,
  oracle,
  svg,
  pdf,
  "json-schema": jsonSchema,
  markdown,
  plantuml,
  html,
  prisma,
  drizzle,
  typeorm,
  sqlalchemy,
  django,
  typescript,
} satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof formats;

/** The format of an id; undefined for what is none. */
export const formatOf = (id: string): Format | undefined => (Object.hasOwn(formats, id) ? formats[id as FormatId] : undefined);

/** A kind of text, a format or a dialect's SQL, and how sure it is that a text is of it. */
export interface Guess {
  readonly kind: string;
  readonly sure: number;
}

/** Below this a guess is worth nothing. */
const LEAST_SURE = 0.2;
/** A format that is as sure as this of a text goes before SQL that is no surer. */
const SURE = 0.4;

/** As sure as this of a text without a statement of SQL, a format is what it is: words of SQL are in any schema. */
const CERTAIN = 0.8;
const STATEMENT = /^[ \t]*(?:create|alter|insert|drop|pragma|set|comment|begin|start)\b/im;

/** Every kind that a text may be of, the surest first: formats, and the SQL of `dialects`. Empty when it looks like none. */
export function recognise(head: string, fileName: string, dialects: readonly Dialect[]): readonly Guess[] {
  const texts = Object.values(formats as Readonly<Record<string, Format>>).flatMap(({ id, reader }) =>
    reader ? [{ kind: id, sure: reader.recognise(head, fileName) }] : [],
  );
  const none = texts.some(({ sure }) => sure >= CERTAIN) && !STATEMENT.test(head);
  const sql = none ? [] : dialects.map(({ id, importer }) => ({ kind: id, sure: importer.recognise(head) }));
  return [...texts.filter(({ sure }) => sure >= SURE), ...sql.filter(({ sure }) => sure >= LEAST_SURE)].sort(
    (a, b) => b.sure - a.sure,
  );
}
