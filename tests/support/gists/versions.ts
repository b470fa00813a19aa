/** The versions of a gist, under both prefixes: commits, of a file, compared. */
import { describe, expect, it } from "vitest";
import { type Gists, ISO } from "./client.ts";

const SHA = /^[0-9a-f]{40}$/;

/** Declares the tests. */
export function versionsOfGists({ call, create, versions }: Gists): void {
  describe.each(["/gists", "/api/gists"])("versions under %s", (prefix) => {
    /** A gist whose share.json was v0, v1 (with another file beside), v1, v3 under `/gists`; newest first. */
    const grown = async () => {
      const { id } = await create("/gists", { content: "line\nv0" });
      for (const body of [
        { filename: "share.json", content: "line\nv1\nmore" },
        { filename: "other.json", content: "{}" },
        { filename: "share.json", content: "line\nv1\nmore" },
        { filename: "share.json", content: "v3" },
      ]) {
        await call("PATCH", `/gists/${id}`, body);
      }
      return { id, all: await versions(prefix, id) };
    };

    it("are commits, newest first, in pages; a change that changes nothing is none", async () => {
      const { id, all } = await grown();
      expect(all).toHaveLength(4);
      expect(all[0]).toEqual({
        version: expect.stringMatching(SHA),
        committed_at: expect.stringMatching(ISO),
        change_status: { total: 4, additions: 1, deletions: 3 },
      });
      expect(all[2]?.change_status).toEqual({ total: 3, additions: 2, deletions: 1 });
      const page = await call("GET", `${prefix}/${id}/commits?per_page=3&page=2`);
      expect(page.body).toEqual({ success: true, data: all.slice(3) });
      expect((await call("GET", `${prefix}/${id}/commits?per_page=20&page=9`)).body).toEqual({ success: true, data: [] });
    });

    it("are read whole", async () => {
      const { id, all } = await grown();
      const first = await call("GET", `${prefix}/${id}/${all[3]?.version ?? ""}`);
      const { data } = first.body as { data: { files: Record<string, { content: string }> } };
      expect(Object.keys(data.files)).toEqual(["share.json"]);
      expect(data.files["share.json"]?.content).toBe("line\nv0");
      expect((await call("GET", `${prefix}/${id}/${"f".repeat(40)}`)).status).toBe(404);
    });

    it("of a file are those that changed it, page by page", async () => {
      const { id, all } = await grown();
      const get = async (query: string) => (await call("GET", `${prefix}/${id}/file-versions/share.json${query}`)).body;
      const changed = [all[0], all[2], all[3]];
      expect(await get("?limit=10")).toEqual({
        success: true,
        data: changed,
        pagination: { cursor: null, hasMore: false, limit: 10, count: 3 },
      });
      expect(await get("?limit=2")).toEqual({
        success: true,
        data: changed.slice(0, 2),
        pagination: { cursor: changed[1]?.version, hasMore: true, limit: 2, count: 2 },
      });
      expect(await get(`?limit=2&cursor=${changed[1]?.version ?? ""}`)).toEqual({
        success: true,
        data: changed.slice(2),
        pagination: { cursor: null, hasMore: false, limit: 2, count: 1 },
      });
      const other = (await call("GET", `${prefix}/${id}/file-versions/other.json`)).body as { data: unknown[] };
      expect(other.data).toEqual([all[1]]);
      expect((await call("GET", `${prefix}/${id}/file-versions/none.json`)).body).toMatchObject({ data: [] });
      expect((await call("GET", `${prefix}/${id}/file-versions/share.json?cursor=${"f".repeat(40)}`)).status).toBe(404);
    });

    it("are compared", async () => {
      const { id, all } = await grown();
      const [last = { version: "" }, , , first = { version: "" }] = all;
      const compare = async (file: string, a: string, b: string) => call("GET", `${prefix}/${id}/file/${file}/compare/${a}/${b}`);
      expect((await compare("share.json", last.version, first.version)).body).toEqual({
        success: true,
        data: { contentA: "v3", contentB: "line\nv0" },
      });
      expect((await compare("share.json", last.version, "null")).body).toMatchObject({ data: { contentA: "v3", contentB: "" } });
      expect((await compare("none.json", last.version, first.version)).body).toMatchObject({
        data: { contentA: "", contentB: "" },
      });
      const key = prefix === "/gists" ? "message" : "error";
      const absent = await compare("share.json", "f".repeat(40), "null");
      expect([absent.status, absent.body]).toEqual([404, { success: false, [key]: "Gist or file not found" }]);
    });
  });
}
