/** Gists in PostgreSQL: the same records and texts as rows, so that several servers may share them. */
import type { Pool, PoolClient } from "pg";
import { lazy } from "../store/once.ts";
import { inTransaction, openPool, poolHealth } from "../store/postgres.ts";
import { type GistRecord, neededTexts, parseRecord, type Texts } from "./record.ts";
import type { GistStore } from "./store.ts";

/** Records are JSON text, and texts are bytes: PostgreSQL's text and jsonb cannot hold every character that JSON can. */
const TABLES = `
  SELECT pg_advisory_xact_lock(hashtext('drawbridge gists'));
  CREATE TABLE IF NOT EXISTS drawbridge_gist (
    id text PRIMARY KEY,
    record text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS drawbridge_gist_text (
    gist text NOT NULL REFERENCES drawbridge_gist ON DELETE CASCADE,
    hash text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (gist, hash)
  );`;

async function addTexts(client: PoolClient, id: string, texts: Texts): Promise<void> {
  for (const [hash, text] of texts) {
    await client.query("INSERT INTO drawbridge_gist_text (gist, hash, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
      id,
      hash,
      Buffer.from(text),
    ]);
  }
}

async function replace(client: PoolClient, record: GistRecord, texts: Texts): Promise<void> {
  await client.query("UPDATE drawbridge_gist SET record = $2 WHERE id = $1", [record.id, JSON.stringify(record)]);
  await addTexts(client, record.id, texts);
  await client.query("DELETE FROM drawbridge_gist_text WHERE gist = $1 AND hash <> ALL($2)", [
    record.id,
    [...neededTexts(record)],
  ]);
}

async function read(client: Pool | PoolClient, id: string, lock: "" | "FOR UPDATE"): Promise<GistRecord | null> {
  const { rows } = await client.query<{ record: string }>(`SELECT record FROM drawbridge_gist WHERE id = $1 ${lock}`, [id]);
  return rows[0] ? parseRecord(rows[0].record) : null;
}

async function text(client: Pool | PoolClient, id: string, hash: string): Promise<string> {
  const { rows } = await client.query<{ bytes: Buffer }>("SELECT bytes FROM drawbridge_gist_text WHERE gist = $1 AND hash = $2", [
    id,
    hash,
  ]);
  if (!rows[0]) throw new Error("a text of a gist is missing");
  return rows[0].bytes.toString();
}

/** A store in the database at `url`; its tables are made at first use. `lost` hears of broken idle connections. */
export function openPostgresStore(url: string, lost: (error: Error) => void): GistStore {
  const pool = lazy(() => openPool(url, lost));
  const ready = lazy(async () => {
    const opened = await pool.get();
    await inTransaction(opened, (client) => client.query(TABLES));
    return opened;
  });
  return {
    read: async (id) => read(await ready.get(), id, ""),
    add: async (record, texts) => {
      await inTransaction(await ready.get(), async (client) => {
        await client.query("INSERT INTO drawbridge_gist (id, record) VALUES ($1, $2)", [record.id, JSON.stringify(record)]);
        await addTexts(client, record.id, texts);
      });
    },
    text: async (id, hash) => text(await ready.get(), id, hash),
    change: async (id, decide) =>
      inTransaction(await ready.get(), async (client) => {
        const record = await read(client, id, "FOR UPDATE");
        if (!record) return "missing";
        const decision = await decide(record, (hash) => text(client, id, hash));
        if (decision.kind === "write") await replace(client, decision.record, decision.texts);
        else if (decision.kind === "remove") await client.query("DELETE FROM drawbridge_gist WHERE id = $1", [id]);
        return decision.kind;
      }),
    health: async () => {
      try {
        return await poolHealth(await ready.get());
      } catch {
        return { up: false, connections: null };
      }
    },
    close: async () => {
      await (await pool.opened())?.end();
    },
  };
}
