/** This part is in charge of the server's own PostgreSQL: a small pool that waits for nothing long and closes. */
import type { Pool, PoolClient } from "pg";
import type { StoreHealth } from "../ops/health.ts";

const MOST_CONNECTIONS = 5;

/** A pool on the database of DATABASE_URL; connects at first use. The driver is loaded only where there is such a database. */
export async function openPool(url: string, lost: (error: Error) => void): Promise<Pool> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    application_name: "drawbridge",
  });
  // An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
  pool.on("error", lost);
  return pool;
}

/** Runs `work` in a transaction, rolled back when it rejects. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((second: unknown) => {
      broken = second instanceof Error ? second : new Error(String(second));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Whether the database answers, and how its connections are used. */
export async function poolHealth(pool: Pool): Promise<StoreHealth> {
  try {
    await pool.query("SELECT 1");
  } catch {
    return { up: false, connections: null };
  }
  const { totalCount: open, idleCount: idle } = pool;
  return { up: true, connections: { open, idle, inUse: open - idle } };
}
