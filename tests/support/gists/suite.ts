/**
 * What both stores of gists must do, over HTTP as DrawDB's clients call it: every row of the two contracts' tables, secrets, versions,
 * hostile bodies and names, and what must not appear in answers and logs.
 */
import { expect, it } from "vitest";
import type { GistStore } from "../../../server/gists/index.ts";
import { startGists } from "./client.ts";
import { hostileGists } from "./hostile.ts";
import { importServer } from "./import-server.ts";
import { shareServer } from "./share-server.ts";
import { versionsOfGists } from "./versions.ts";

/** Declares the tests for a store that `open` gives for a folder. */
export function gistSuite(open: (folder: string) => Promise<GistStore>): void {
  const gists = startGists(open);
  const { call, create, versions, server } = gists;
  importServer(gists);
  shareServer(gists);
  versionsOfGists(gists);
  hostileGists(gists);

  it("many changes at once are one after the other", async () => {
    const { id } = await create("/gists");
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => call("PATCH", `/gists/${id}`, { filename: "share.json", content: `v${String(at)}` })),
    );
    const all = await versions("/gists", id);
    expect(all).toHaveLength(21);
    expect(new Set(all.map(({ version }) => version)).size).toBe(21);
  });

  it("ids do not repeat and both prefixes read the same gists", async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, async () => (await create("/gists")).id));
    expect(new Set(ids).size).toBe(50);
    expect((await call("GET", `/api/gists/${ids[0] ?? ""}`)).status).toBe(200);
  });

  it("the log names no gist and none of its text", () => {
    expect(server().log()).toContain('"route":"/gists/:id"');
    for (const secret of ["share.json", "person", "stolen", "drawDB diagram"]) expect(server().log()).not.toContain(secret);
    expect(server().log()).not.toMatch(/[0-9a-f]{32}"/);
  });
}
