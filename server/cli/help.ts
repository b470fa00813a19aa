/** What the command line prints of itself. Kinds come from the registries of dialects and formats. */
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { type Format, formats } from "#shared/formats/index.ts";

const SQL: Readonly<Record<DialectId, string>> = {
  postgres: "SQL of PostgreSQL: pg_dump -s, pgAdmin, by hand",
  mysql: "SQL of MySQL: mysqldump, phpMyAdmin, by hand. No engine of it runs here: it is read, and not proved",
  mariadb: "SQL of MariaDB, likewise",
  sqlite: "SQL of SQLite (.dump, by hand), or a database file",
};
const WIDTH = 13;

const line = (id: string, text: string): string => `  ${id.padEnd(WIDTH)} ${text}`;

function formatLine({ id, label, about, reader, writer }: Format): string {
  const only = reader === null ? "; written only" : writer === null ? "; read only" : "";
  const variants = writer && writer.variants.length > 0 ? `; --variant ${writer.variants.map((v) => v.id).join(" | ")}` : "";
  return line(id, `${label}: ${about}${only}${variants}`);
}

const DIALECTS = Object.keys(dialects)
  .map((id) => line(id, SQL[id as DialectId]))
  .join("\n");
const FORMATS = Object.values(formats as Readonly<Record<string, Format>>)
  .map(formatLine)
  .join("\n");

const PICTURES = line(
  "png, jpeg",
  "the diagram in pixels, --scale for each of its own (2); written only; --variant light | dark",
);

export const HELP = `Drawbridge: read a database schema, prove it on a real engine, write it again.

Usage:
  drawbridge convert <in> [<out>] [--to <kind>] [--from <kind>] [--variant <name>] [--scale <number>]
                     [--no-verify] [--strict] [--at <version>]
  drawbridge check <in> [--from <kind>] [--at <version>] [--json]
  drawbridge diff <before> <after> [--from <kind>] [--json] [--sql [--prove]] [--no-renames]
  drawbridge serve
  drawbridge backup <file>
  drawbridge restore <file>
  drawbridge --help | --version

Commands:
  convert   reads <in> and writes it as another kind. SQL is run in a fresh engine and compared before it is written;
            --no-verify leaves that out. What is lost is told; --strict makes it fail.
  check     reads <in> and lets the engine judge it. --json prints the verdict as JSON.
  diff      tells what changed from <before> to <after>, two of one dialect, whatever their kinds. --sql prints the
            statements that lead there, and tells what drops data; --prove runs them in a fresh engine that holds
            <before>. --json prints all of it as JSON. What got another name is told as such, unless --no-renames. Where
            tables stand is not compared.
  serve     serves the app; HOST and PORT say where (default 127.0.0.1 and 3001).
  backup    writes all rooms of DATA_DIR or DATABASE_URL, which a server may be using, to <file>.
  restore   puts the rooms of <file> into DATA_DIR, which no server is using, or DATABASE_URL. What is there stays, and
            gets what the file holds besides.

Kinds:
${DIALECTS}
${FORMATS}
${PICTURES}

<in> may be a folder of migrations (Prisma, Drizzle, Flyway, Rails' structure.sql, Alembic's SQL, dbmate, goose, golang-migrate,
numbered .sql): they are replayed in order, and what they end in is read; --at stops after one of them. Or a folder of DBML files,
of which the one that uses others is the main one; where there is no such one, all of them are one design.

<in> and <out> may be -, for standard input and output; <out> is that when it is not given; -o names it too. --from is guessed
from the content when it is not given, --to from the name of <out> where that says it. --variant says in which of its ways a
format is written; the first is the usual one. What a format does not hold is told. Remarks go to standard error.

Exit codes:
  0  it worked; convert: what the kind does not hold is told on standard error
  1  there were problems; they are on standard error. What could be read is still written.
     convert --strict: something was lost, or read with a warning
  2  the command line itself makes no sense
  diff: 0 no difference, 1 there are some (or not everything could be read), 2 the two cannot be compared, 3 --prove failed
`;
