/** The statements of a schema as a script to keep. */
import type { EntityKind } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { inSections } from "../../kit/script.ts";

/** What a statement begins with tells its section; the first that fits. */
const BY_WORDS: readonly (readonly [pattern: RegExp, heading: string])[] = [
  [/^COMMENT ON /, "Comments"],
  [/^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) /, "Rights"],
  [/^ALTER TABLE .* ATTACH PARTITION /, "Partitions"],
  [/^ALTER TABLE .* ROW LEVEL SECURITY$/, "Row level security"],
  [/^ALTER TABLE .* CLUSTER ON /, "Indexes"],
  [/^ALTER TABLE .* FOREIGN KEY /, "Foreign keys"],
  [/^ALTER SEQUENCE .* OWNED BY /, "Sequences owned by columns"],
  [/^CREATE EXTENSION /, "Extensions"],
  [/^CREATE TYPE /, "Types"],
  [/^CREATE (TRUSTED )?LANGUAGE /, "Languages"],
  [/^CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|AGGREGATE) /, "Functions"],
  [/^CREATE (CONSTRAINT |EVENT )?TRIGGER /, "Triggers"],
  [/^CREATE POLICY /, "Policies"],
  [/^CREATE RULE /, "Rules"],
  [/^CREATE STATISTICS /, "Statistics"],
];

const BY_ENTITY: Readonly<Record<EntityKind, string>> = {
  namespace: "Schemas",
  type: "Types",
  sequence: "Sequences",
  table: "Tables",
  column: "Tables",
  constraint: "Tables",
  index: "Indexes",
  foreignKey: "Foreign keys",
  view: "Views",
  verbatim: "Other objects",
};

function headingOf({ sql, about }: Statement): string {
  return BY_WORDS.find(([pattern]) => pattern.test(sql))?.[1] ?? BY_ENTITY[about?.entity ?? "verbatim"];
}

/** One statement after another under headings, with the settings they count on at the head, up to the first blank line. */
export function script(statements: readonly Statement[]): string {
  const head = ["SET check_function_bodies = off;", "SELECT pg_catalog.set_config('search_path', '', false);", ""];
  return `${head.join("\n")}\n${inSections(statements, headingOf)}`;
}
