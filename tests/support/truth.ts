/** What a reference file must hold, counted as the real engine's catalogue was: by import in Node, on the command line, in a browser. */
import type { Schema } from "#shared/model/index.ts";
import { postgresCounts, sqliteCounts } from "./counts.ts";
import type { ReferenceFile } from "./reference.ts";

type Counts = Readonly<Record<string, number>>;

/** Where our reading differs from the manifest's truth, and why. A number here is what we must read instead. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, Counts>>>> = {
  postgres: {
    // One foreign key stands before the key it refers to: psql refuses it, we try again. The composite types are the extension's own.
    adventureworks_pg: { fk: 90, composites: 0 },
    // Three extensions that the truth's server lacked too (it refused them): kept word for word.
    liam_supabase_with_stub: { extensions: 6 },
    // The truth's server lacked pgvector and refused one table; a stand-in for its type lets the table, its key and trigger in.
    pagila: {
      tables: 71,
      columns: 479,
      notnull: 463,
      defaults: 149,
      pk: 71,
      fk: 37,
      idx_nonconstraint: 91,
      indexes: 162,
      triggers: 16,
      extensions: 1,
    },
  },
  // The truth counts the word CHECK in the text, which two constraints of this file also have in their names.
  sqlite: { sakila_sqlite: { checks_text: 2 } },
};

const COUNTERS: Readonly<Record<string, { readonly truth: string; readonly count: (schema: Schema) => Counts }>> = {
  postgres: { truth: "pg18", count: postgresCounts },
  sqlite: { truth: "sqlite3.40", count: sqliteCounts },
};

/** The dialects whose reference files are counted whole. */
export const counted = Object.keys(COUNTERS);

/** What a schema read from this file holds, and what it must hold, under the same names. */
export function beside(
  { dialect, name, truth }: ReferenceFile,
  schema: Schema,
): { readonly read: Counts; readonly expected: Counts } {
  const counter = COUNTERS[dialect];
  if (!counter) throw new Error(`no counts of ${dialect}`);
  const read = counter.count(schema);
  const must = { ...truth[counter.truth], ...DIFFERENT[dialect]?.[name] };
  return { read, expected: Object.fromEntries(Object.keys(read).map((key) => [key, must[key] ?? 0])) };
}
