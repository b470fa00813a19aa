/** `/gists` as DrawDB's share server answers it: every row of its contract's table. */
import { describe, expect, it } from "vitest";
import { DIAGRAM, type Gists, ISO } from "./client.ts";

const HEX = /^[0-9a-f]{32}$/;

/** Declares the tests. */
export function shareServer({ call, create }: Gists): void {
  describe("/gists, DrawDB's share server", () => {
    it("POST answers the id and the files", async () => {
      const answer = await call("POST", "/gists", {
        public: false,
        filename: "share.json",
        description: "drawDB diagram",
        content: DIAGRAM,
      });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        success: true,
        data: {
          id: expect.stringMatching(HEX),
          files: { "share.json": expect.objectContaining({ filename: "share.json", content: DIAGRAM }) },
        },
      });
    });

    it("GET answers content as text", async () => {
      const { id } = await create("/gists");
      const { body } = await call("GET", `/gists/${id}`);
      expect(body).toEqual({
        success: true,
        data: {
          id,
          description: "drawDB diagram",
          public: false,
          created_at: expect.stringMatching(ISO),
          updated_at: expect.stringMatching(ISO),
          truncated: false,
          files: {
            "share.json": {
              filename: "share.json",
              type: "application/json",
              language: "JSON",
              size: DIAGRAM.length,
              truncated: false,
              content: DIAGRAM,
            },
          },
        },
      });
    });

    it("PATCH adds and changes files; without content it removes one, and the gist with the last", async () => {
      const { id } = await create("/gists");
      const patch = async (body: object) => (await call("PATCH", `/gists/${id}`, body)).body;
      const updated = { deleted: false, success: true, message: "Gist updated" };
      expect(await patch({ filename: "versionned.json", content: "v1" })).toEqual(updated);
      expect(await patch({ filename: "share.json", content: "{}" })).toEqual(updated);
      const { data } = (await call("GET", `/gists/${id}`)).body as { data: { files: Record<string, { content: string }> } };
      expect(Object.entries(data.files).map(([name, { content }]) => [name, content])).toEqual([
        ["share.json", "{}"],
        ["versionned.json", "v1"],
      ]);
      expect(await patch({ filename: "share.json" })).toEqual(updated);
      expect(await patch({ filename: "versionned.json" })).toEqual({ ...updated, deleted: true });
      expect((await call("GET", `/gists/${id}`)).status).toBe(404);
    });

    it("PATCH wants a name", async () => {
      const { id } = await create("/gists");
      const answer = await call("PATCH", `/gists/${id}`, { content: "x" });
      expect([answer.status, answer.body]).toEqual([400, { success: false, message: "filename is required" }]);
    });

    it("DELETE answers its message", async () => {
      const { id } = await create("/gists");
      expect((await call("DELETE", `/gists/${id}`)).body).toEqual({ success: true, message: "Gist deleted" });
    });

    it.each([
      ["GET", "", undefined],
      ["PATCH", "", { filename: "a", content: "x" }],
      ["DELETE", "", undefined],
      ["GET", "/commits", undefined],
      ["GET", `/${"a".repeat(40)}`, undefined],
      ["GET", "/file-versions/share.json", undefined],
    ])("%s of a gist that is not there%s is 404", async (method, path, body) => {
      const answer = await call(method, `/gists/${"0".repeat(32)}${path}`, body);
      expect([answer.status, answer.body]).toEqual([404, { success: false, message: "Gist not found" }]);
    });
  });
}
