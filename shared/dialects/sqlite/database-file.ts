/** Files of the SQLite database format (sqlite.org/fileformat2.html): recognised, made readable, and read. */
import type { Schema } from "../../model/index.ts";
import { problem, type Report } from "../../result/index.ts";
import { countRows } from "../kit/rows.ts";
import { introspect } from "./catalog.ts";
import { features } from "./features.ts";
import { identifier, literal } from "./quote.ts";
import { openSqljs, type SqljsLike } from "./sqljs-engine.ts";

const MAGIC = "SQLite format 3\0";
/** Where the header says which journal the file uses; 2 means a write-ahead log, which a lone file in memory cannot have. */
const JOURNAL_BYTES = [18, 19] as const;

export function isDatabaseFile(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && [...MAGIC].every((c, at) => bytes[at] === c.charCodeAt(0));
}

/** A copy that opens in memory, whatever journal the file was written with. */
export function readableBytes(bytes: Uint8Array): Uint8Array {
  const readable = bytes.slice();
  for (const at of JOURNAL_BYTES) if (readable[at] === 2) readable[at] = 1;
  return readable;
}

const unreadable = (name: string, why: string): Report<null> => {
  return { value: null, problems: [problem("input.unrecognised", "error", { name, why })] };
};

/** Opens a file's bytes with `open` and reads its catalogue. A file that cannot be read gives one problem and null. */
export async function readDatabaseFile(
  bytes: Uint8Array,
  name: string,
  open: (bytes: Uint8Array) => SqljsLike & { close(): void },
): Promise<Report<Schema | null>> {
  if (bytes.length === 0) return { value: null, problems: [problem("input.empty", "error")] };
  if (!isDatabaseFile(bytes)) return unreadable(name, "it is encrypted, or not an SQLite database.");
  const db = open(readableBytes(bytes));
  try {
    const { query } = openSqljs(db);
    const report = await introspect(query);
    const { rows, tables } = await countRows(query, report.value, { quote: { identifier, literal }, features });
    const beside = rows > 0 ? [problem("import.rows-beside", "note", { rows, tables })] : [];
    return { value: report.value, problems: [...report.problems, ...beside] };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return unreadable(name, `the file is damaged (SQLite says: ${message}).`);
  } finally {
    db.close();
  }
}
