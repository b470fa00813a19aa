/** Why a folder holds no migrations that can be replayed, and what to do about it. */
import { nameOf } from "./names.ts";
import type { FolderFile } from "./types.ts";

interface Hint {
  readonly looks: RegExp;
  readonly why: string;
}

/** Migrations that are programs, by the paths of their files. */
const PROGRAMS: readonly Hint[] = [
  {
    looks: /(^|\/)migrate\/\d+_\w+\.rb$|(^|\/)schema\.rb$/,
    why: "they are written in Ruby. Let Rails keep the schema as SQL (config.active_record.schema_format = :sql, then bin/rails db:schema:dump), which writes db/structure.sql.",
  },
  {
    looks: /(^|\/)versions\/\w+\.py$/,
    why: "they are written in Python. Let Alembic write them as SQL: alembic upgrade head --sql > migrations.sql",
  },
  {
    looks: /(^|\/)migrations\/\d{4}_\w+\.py$/,
    why: "they are written in Python. Let Django write each as SQL: manage.py sqlmigrate app 0001 > 0001.sql",
  },
  { looks: /(^|\/)migrations?\/[^/]+\.(js|ts|mjs|cjs)$/, why: "they are programs. Let their tool write them as SQL." },
  {
    looks: /(^|\/)migrations\/[^/]+\.php$/,
    why: "they are written in PHP. php artisan schema:dump writes what they made as SQL.",
  },
  { looks: /\.exs$/, why: "they are written in Elixir. mix ecto.dump writes what they made as SQL." },
  {
    looks: /(change-?log|db\.change)[^/]*\.(xml|ya?ml|json)$/i,
    why: "they are change logs. liquibase update-sql writes them as SQL.",
  },
];

/** The end of a sentence. */
export function whyNone(files: readonly FolderFile[]): string {
  if (files.length === 0) return "the folder is empty.";
  const sql = files.filter(({ path }) => /\.sql$/i.test(path));
  const isBack = ({ path }: FolderFile): boolean => /(^|[._-])(down|undo)\.sql$/i.test(path) || /^U[\d._]+__/.test(nameOf(path));
  if (sql.length > 0 && sql.every(isBack)) return "all of its files lead back (down, undo). Add those that lead forward.";
  const program = PROGRAMS.find(({ looks }) => files.some(({ path }) => looks.test(path)));
  if (program) return program.why;
  if (sql.length === 0) return "there is no SQL file in it.";
  return "no name of its SQL files says which comes first. Let them begin with a number, as 001_users.sql does.";
}
