/** `/api/gists` as DrawDB's import server answers it: every row of its contract's table. */
import { describe, expect, it } from "vitest";
import { DIAGRAM, type Gists, ISO, NOBODY, UUID } from "./client.ts";

/** Declares the tests. */
export function importServer({ call, create }: Gists): void {
  describe("/api/gists, DrawDB's import server", () => {
    it("POST answers success and a UUID", async () => {
      const answer = await call("POST", "/api/gists", { filename: "share.json", content: DIAGRAM });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ success: true, data: { id: expect.stringMatching(UUID) } });
    });

    it.each([{}, { filename: "a" }, { content: "a" }, { filename: "", content: "a" }, { filename: "a", content: "" }])(
      "POST %j is 400 with the contract's sentence",
      async (body) => {
        const answer = await call("POST", "/api/gists", body);
        expect([answer.status, answer.body]).toEqual([400, { success: false, error: "filename and content are required" }]);
      },
    );

    it("GET answers without a wrapper and with parsed content", async () => {
      const { id } = await create("/api/gists");
      const { status, body } = await call("GET", `/api/gists/${id}`);
      expect(status).toBe(200);
      expect(body).toEqual({
        id,
        description: "drawDB diagram",
        public: false,
        created_at: expect.stringMatching(ISO),
        updated_at: expect.stringMatching(ISO),
        files: {
          "share.json": {
            filename: "share.json",
            type: "application/json",
            language: "JSON",
            raw_url: "",
            size: DIAGRAM.length,
            truncated: false,
            content: JSON.parse(DIAGRAM),
          },
        },
      });
    });

    it("GET has its default description, text that is no JSON, and no size for content posted as JSON", async () => {
      const { body: made } = await call("POST", "/api/gists", { filename: "a.txt", content: "not { json", public: true });
      const text = (await call("GET", `/api/gists/${(made as { data: { id: string } }).data.id}`)).body;
      expect(text).toMatchObject({ description: "DrawDB diagram", public: true });
      expect((text as { files: object }).files).toMatchObject({ "a.txt": { size: 10, content: "not { json" } });
      const { id } = await create("/api/gists", { content: { tables: [] } });
      const object = (await call("GET", `/api/gists/${id}`)).body as { files: Record<string, object> };
      expect(object.files["share.json"]).toMatchObject({ content: { tables: [] } });
      expect(object.files["share.json"]).not.toHaveProperty("size");
    });

    it("PATCH never deletes: empty content keeps the old, another name renames the file", async () => {
      const { id } = await create("/api/gists");
      const kept = await call("PATCH", `/api/gists/${id}`, { filename: "share.json", content: "" });
      expect([kept.status, kept.body]).toEqual([200, { success: true, deleted: false }]);
      expect((await call("PATCH", `/api/gists/${id}`, { filename: "versionned.json", content: "[1]" })).status).toBe(200);
      const { files } = (await call("GET", `/api/gists/${id}`)).body as { files: Record<string, { content: unknown }> };
      expect(Object.keys(files)).toEqual(["versionned.json"]);
      expect(files["versionned.json"]?.content).toEqual([1]);
      expect((await call("PATCH", `/api/gists/${id}`, {})).body).toEqual({ success: true, deleted: false });
    });

    it("DELETE answers its message, and then there is none", async () => {
      const { id } = await create("/api/gists");
      const answer = await call("DELETE", `/api/gists/${id}`);
      expect([answer.status, answer.body]).toEqual([200, { success: true, message: "Gist deleted successfully" }]);
      expect((await call("GET", `/api/gists/${id}`)).status).toBe(404);
      expect((await call("DELETE", `/api/gists/${id}`)).status).toBe(404);
    });

    it.each([
      ["GET", "", undefined],
      ["PATCH", "", { content: "x" }],
      ["DELETE", "", undefined],
      ["GET", "/commits", undefined],
      ["GET", `/${"a".repeat(40)}`, undefined],
      ["GET", "/file-versions/share.json", undefined],
    ])("%s of a gist that is not there%s is 404", async (method, path, body) => {
      const answer = await call(method, `/api/gists/${NOBODY}${path}`, body);
      expect([answer.status, answer.body]).toEqual([404, { success: false, error: "Gist not found" }]);
    });

    it("lists nothing", async () => {
      await create("/api/gists");
      const answer = await call("GET", "/api/gists");
      expect(answer.status).toBe(404);
      expect(answer.text).not.toMatch(UUID);
    });
  });
}
