import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgresStore } from "../../server/gists/postgres.ts";
import { gistSuite } from "../support/gists/suite.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { startServer } from "../support/server.ts";

const postgres = await startPostgres(15);

describe.skipIf(postgres === null)("gists in PostgreSQL", () => {
  // Skipped where there is none, so it is there.
  const { port } = (postgres ?? { port: 0 }) as Pick<PostgresServer, "port">;
  const url = `postgresql://postgres:hunter2@127.0.0.1:${String(port)}/postgres`;

  afterAll(async () => {
    await postgres?.stop();
  });

  gistSuite(async () => openPostgresStore(url, () => undefined));

  describe("the database", () => {
    let client: pg.Client;

    beforeAll(async () => {
      client = new pg.Client(url);
      await client.connect();
    });

    afterAll(async () => {
      await client.end();
    });

    it("is counted in /health and closed at the end", async () => {
      const server = await startServer({ databaseUrl: url });
      expect(await (await fetch(`${server.address}/health`)).json()).toMatchObject({
        status: "healthy",
        database: { status: "up", open_connections: 1, in_use: 0, idle: 1 },
      });
      await server.close();
    });

    it("is shared by servers that make its tables at the same time", async () => {
      await client.query("DROP TABLE drawbridge_gist, drawbridge_gist_text");
      const servers = await Promise.all([1, 2, 3].map(() => startServer({ databaseUrl: url })));
      const made = await Promise.all(
        servers.map(async ({ address }) => {
          const answer = await fetch(`${address}/gists`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ filename: "a", content: "x" }),
          });
          return ((await answer.json()) as { data: { id: string } }).data.id;
        }),
      );
      for (const { address } of servers) {
        for (const id of made) expect((await fetch(`${address}/gists/${id}`)).status).toBe(200);
      }
      for (const server of servers) await server.close();
    });

    it("loses its connections: the next call works, and no word of its address is logged", async () => {
      const server = await startServer({ databaseUrl: url });
      expect((await fetch(`${server.address}/health/ready`)).status).toBe(200);
      await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'drawbridge'");
      await expect
        .poll(async () => (await fetch(`${server.address}/gists/${"0".repeat(32)}`)).status, { timeout: 10_000 })
        .toBe(404);
      expect(server.log()).not.toContain("hunter2");
      await server.close();
    });

    it("that cannot be reached is said by health; the contract's sentence answers", async () => {
      const server = await startServer({ databaseUrl: "postgresql://me:hunter2@127.0.0.1:1/x" });
      const answer = await fetch(`${server.address}/api/gists/${"0".repeat(32)}`);
      expect([answer.status, await answer.json()]).toEqual([500, { success: false, error: "Failed to get gist" }]);
      const health = await fetch(`${server.address}/health`);
      expect([health.status, await health.json()]).toMatchObject([503, { status: "unhealthy", database: "down" }]);
      expect((await fetch(`${server.address}/health/live`)).status).toBe(200);
      expect(server.log()).toContain("ECONNREFUSED");
      expect(server.log()).not.toContain("hunter2");
      await server.close();
    });
  });
});
