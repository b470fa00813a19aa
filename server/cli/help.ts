/** What the command line prints of itself. */
export const HELP = `Drawbridge: read a database schema, prove it on a real engine, write it again.

Usage:
  drawbridge convert <in> --to <kind> [--from <kind>] [-o <out>] [--no-verify] [--level <level>]
  drawbridge check <in> [--from <kind>] [--json]
  drawbridge serve
  drawbridge backup <file>
  drawbridge restore <file>
  drawbridge --help | --version

Commands:
  convert   reads <in> and writes it as another kind. SQL is run in a fresh engine and compared before it is written;
            --no-verify leaves that out.
  check     reads <in> and lets the engine judge it. --json prints the verdict as JSON.
  serve     serves the app; HOST and PORT say where (default 127.0.0.1 and 3001).
  backup    writes all rooms of DATA_DIR or DATABASE_URL, which a server may be using, to <file>.
  restore   puts the rooms of <file> into DATA_DIR, which no server is using, or DATABASE_URL. What is there stays, and
            gets what the file holds besides.

Kinds:
  postgres  SQL of PostgreSQL: pg_dump -s, pgAdmin, by hand
  mysql     SQL of MySQL: mysqldump, phpMyAdmin, by hand. No engine of it runs here: it is read, and not proved
  mariadb   SQL of MariaDB, likewise
  sqlite    SQL of SQLite (.dump, by hand), or a database file
  json      a Drawbridge design file
  dbml      DBML, of dbdiagram.io and others. Written, what it does not hold is told; --level classic or 8 is for older
            readers than those of 10

<in> and <out> may be -, for standard input and output; <out> is that when it is not given. --from is guessed from the
content when it is not given. Remarks go to standard error.

Exit codes:
  0  it worked and nothing was lost
  1  there were problems; they are on standard error. What could be read is still written
  2  the command line itself makes no sense
`;
