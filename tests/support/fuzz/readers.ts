/** All that reads texts of people: every format of the registry, every dialect's importer, and what looks into statements. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { dialects } from "#shared/dialects/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { prepare as preparePostgres } from "#shared/dialects/postgres/import/prepare.ts";
import { rolesIn } from "#shared/dialects/postgres/import/scan.ts";
import { prepare as prepareSqlite } from "#shared/dialects/sqlite/import/prepare.ts";
import { headComment, readComments } from "#shared/dialects/sqlite/text/comments.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { namesIn, readIndexText, readViewText, readVirtualText } from "#shared/dialects/sqlite/text/other-text.ts";
import { readTableText } from "#shared/dialects/sqlite/text/table-text.ts";
import type { Format } from "#shared/formats/format.ts";
import { formats, recognise } from "#shared/formats/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { generate } from "../generator.ts";
import { referenceFolder } from "../reference.ts";
import { openDatabase } from "../sqljs.ts";
import { wrongPieces, wrongReport } from "./check.ts";
import { below, type Random } from "./mutate.ts";

export interface Reader {
  readonly name: string;
  /** What it reads when nothing is broken. */
  readonly texts: readonly string[];
  /** How often, beside others. */
  readonly weight: number;
  /** What is wrong with what it made of the text; null when nothing is. Throws what it throws. */
  readonly read: (text: string, random: Random) => Promise<string | null> | string | null;
}

const all: readonly Dialect[] = Object.values(dialects);
const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };
/** Larger files are read in part. */
const MOST_BYTES = 300_000;

/** The texts of a folder and those below it. */
function textsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/\.(sqlite|db|bin|yjs|png)$/.test(path))
    .map((path) => readFileSync(path, "utf8").slice(0, MOST_BYTES));
}

function textsOf(folder: string, kind: string): string[] {
  const reference = referenceFolder();
  return [...textsIn(join(folder, "tests", "fixtures", kind)), ...(reference === null ? [] : textsIn(join(reference, kind)))];
}

/** What the format itself writes of designs of several dialects. */
function written({ writer }: Format, schemas: readonly Schema[]): string[] {
  if (!writer) return [];
  return schemas.flatMap((schema) => {
    const dialect = all.find(({ id }) => id === schema.dialect);
    if (!dialect) return [];
    const variants = writer.variants.length > 0 ? writer.variants.map(({ id }) => id) : [""];
    return variants.map((variant) =>
      writer.print(writer.hold({ name: "design", schema, diagrams: [] }, dialect, variant).design, dialect, variant),
    );
  });
}

function ofFormat(format: Format, schemas: readonly Schema[], folder: string): Reader[] {
  const { id, reader, extensions } = format;
  if (!reader) return [];
  const read = (text: string, random: Random): string | null => {
    const sure = reader.recognise(text.slice(0, 65_536), `a.${extensions[0]}`);
    if (!(sure >= 0 && sure <= 1)) return `is ${String(sure)} sure`;
    const files = new Map([["other", text.slice(0, 500)]]);
    const report = reader.read(text, { dialects: all, path: `a.${extensions[0]}`, ...(random() < 0.5 ? { files } : {}) });
    return wrongReport(report, report.value?.schema ?? null, text);
  };
  return [{ name: id, texts: [...textsOf(folder, id), ...written(format, schemas)], weight: 4, read }];
}

/** What a dialect makes of a text, of its beginning and of its statements, without an engine. */
function ofStatements(dialect: Dialect, texts: readonly string[]): Reader {
  const relations = { find: (_: string | null, name: string) => name, columns: () => new Set(["id", "name"]) };
  const read = (text: string, random: Random): string | null => {
    const sure = dialect.importer.recognise(text.slice(0, 65_536));
    if (!(sure >= 0 && sure <= 1)) return `is ${String(sure)} sure`;
    dialect.needs(text);
    dialect.renameInExpression(text.slice(0, 2000), "name", "title");
    dialect.types.canonical(text.slice(0, 40));
    const pieces = dialect.splitter().push(text);
    for (const piece of pieces.slice(0, 20)) {
      dialect.texts.tokens(piece.text);
      for (const { start, end } of dialect.texts.mentions(piece.text, relations, null))
        if (start < 0 || end < start || end > piece.text.length) return `mentions ${String(start)} to ${String(end)}`;
      dialect.texts.result(piece.text, relations);
      LOOKS[dialect.id]?.(piece.text);
    }
    return wrongPieces(dialect.splitter, text, 1 + below(random, Math.max(1, text.length)));
  };
  return { name: `${dialect.id} statements`, texts, weight: 2, read };
}

/** What importers ask of single statements. */
const LOOKS: Readonly<Record<string, (statement: string) => void>> = {
  postgres: (statement) => {
    preparePostgres(statement);
    rolesIn(statement);
  },
  sqlite: (statement) => {
    prepareSqlite(statement);
    for (const look of [headComment, readComments, readIndexText, readViewText, readVirtualText, namesIn, readTableText])
      look(statement);
  },
};

function importers(folder: string): Reader[] {
  const ofDialect = (dialect: Dialect): Reader[] => {
    const kinds = [dialect.id, ...(dialect.id === "mariadb" ? ["mysql"] : [])];
    const texts = kinds.flatMap((kind) => textsOf(folder, kind));
    const readers = [ofStatements(dialect, texts)];
    const read = async (text: string): Promise<string | null> => {
      const database = dialect.features.engine ? await openDatabase() : null;
      const engine = database ? openSqljs(database) : noEngine(dialect.label);
      const report = await dialect.importer.run(text, engine, quiet);
      database?.close();
      return wrongReport(report, report.value, text);
    };
    // PostgreSQL takes seconds to open: its importer is not asked as a whole.
    if (!dialect.features.engine || dialect.id === "sqlite") readers.push({ name: dialect.id, texts, weight: 4, read });
    return readers;
  };
  return all.flatMap(ofDialect);
}

/** Designs of which formats write texts: plain ones, and what dumps of the reference hold. */
async function schemasFor(folder: string): Promise<Schema[]> {
  const { mysql } = dialects;
  const found: Schema[] = [generate({ tables: 12 }), { ...generate({ tables: 5, seed: 9 }), dialect: "sqlite" }];
  for (const text of textsOf(folder, "mysql").filter(({ length }) => length < 40_000)) {
    const { value } = await mysql.importer.run(text, noEngine(mysql.label), quiet);
    if (value && value.tables.length > 2 && value.tables.length < 40) found.push(value);
  }
  return found.slice(0, 8);
}

/** Every reader there is. `folder`: the project. */
export async function readers(folder: string): Promise<readonly Reader[]> {
  const schemas = await schemasFor(folder);
  const read = Object.values(formats as Readonly<Record<string, Format>>).flatMap((format) => ofFormat(format, schemas, folder));
  const own = [...importers(folder), ...read];
  const texts = own.flatMap((reader) => reader.texts.slice(0, 6));
  const anyText: Reader = {
    name: "recognition",
    texts,
    weight: 1,
    read: (text) => {
      const guesses = recognise(text.slice(0, 65_536), "", all);
      return guesses.every(({ sure }) => sure >= 0 && sure <= 1) ? null : `guesses ${JSON.stringify(guesses)}`;
    },
  };
  // Each is also given what others read: a person may choose any kind for any file.
  return [...own.map((reader) => ({ ...reader, texts: [...reader.texts, ...reader.texts, ...texts] })), anyText];
}
