/** A database, read into a design, and read again after it has moved on: real engines, both times. */
import { describe, expect, it } from "vitest";
import type { Dialect, Engine } from "#shared/dialects/dialect.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { diff } from "#shared/diff/index.ts";
import { adopt, type Change, type Schema } from "#shared/model/index.ts";
import { openPglite } from "../support/pglite.ts";
import { openSqlite } from "../support/sqljs.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

const TABLES = `
  create table artist (artist_id integer primary key, name varchar(120));
  create table album (album_id integer primary key, title varchar(160) not null, artist_id integer not null references artist (artist_id));
  create table track (
    track_id integer primary key, title varchar(200) not null, composer varchar(220), bytes integer check (bytes > 0),
    album_id integer references album (album_id)
  );
  create index track_album on track (album_id);
  create table playlist_entry (
    playlist_id integer, track_id integer references track (track_id), place integer, primary key (playlist_id, track_id)
  );
  create view titles as select title from album;`;
const SINCE = `
  alter table track rename column composer to written_by;
  alter table track rename column album_id to record_id;
  alter table playlist_entry rename to playlist_line;
  alter table artist add column since date;`;

const CASES: readonly {
  readonly dialect: Dialect;
  readonly open: () => Promise<{ readonly engine: Engine; readonly close: () => Promise<void> }>;
  readonly text: string;
  readonly since: string;
  readonly changes: readonly string[];
}[] = [
  {
    dialect: postgres,
    open: () => openPglite(),
    text: `create type mood as enum ('sad', 'ok'); ${TABLES} alter table track add feels mood;
      create function stamp() returns trigger language plpgsql as 'begin return new; end';
      create function stamp(times integer) returns integer language sql as 'select times';
      create trigger stamped before insert on track for each row execute function stamp();`,
    since: `${SINCE} alter type mood rename to feeling;
      alter table album rename constraint album_artist_id_fkey to album_by_fkey;`,
    changes: [
      "alter column album_id: record_id",
      "alter column composer: written_by",
      "alter column feels",
      "alter column playlist_id",
      "alter column track_id",
      "alter foreignKey album_artist_id_fkey: album_by_fkey",
      "alter table playlist_entry: playlist_line",
      "alter type mood: feeling",
      "create column since",
    ],
  },
  {
    dialect: sqlite,
    open: async () => ({ engine: await openSqlite(), close: () => Promise.resolve() }),
    text: TABLES,
    since: SINCE,
    changes: [
      "alter column album_id: record_id",
      "alter column composer: written_by",
      "alter constraint playlist_entry_pkey: playlist_line_pkey",
      "alter foreignKey playlist_entry_track_id_fkey: playlist_line_track_id_fkey",
      "alter foreignKey track_album_id_fkey: track_record_id_fkey",
      "alter table playlist_entry: playlist_line",
      "create column since",
    ],
  },
];

const nameOf = (item: object): string => ("name" in item ? String(item.name) : "");

function told(change: Change): string {
  const before = "before" in change ? nameOf(change.before) : "";
  const after = "after" in change ? nameOf(change.after) : "";
  return `${change.kind} ${change.entity} ${before === after || after === "" ? before : before === "" ? after : `${before}: ${after}`}`;
}

describe.each(CASES)("a database of $dialect.label read again", ({ dialect, open, text, since, changes }) => {
  let minted = 0;
  const mint = (): string => `m${String((minted += 1))}`;

  async function read(script: string): Promise<Schema> {
    const { engine, close } = await open();
    const { value, problems } = await dialect.importer.run(script, engine, quiet);
    await close();
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    if (!value) throw new Error("nothing was read");
    return value;
  }

  it("differs in nothing when nothing happened, and else in what happened", async () => {
    const design = adopt(await read(text), null, mint);
    expect(diff(design, adopt(await read(text), design, mint))).toEqual([]);
    const later = adopt(await read(`${text}\n${since}`), design, mint);
    expect(diff(design, later).map(told).sort()).toEqual(changes);
  });
});
