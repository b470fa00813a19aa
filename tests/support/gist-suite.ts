/**
 * What both stores of gists must do, over HTTP as DrawDB's clients call it: every row of the two contracts' tables, secrets, versions,
 * hostile bodies and names, and what must not appear in answers and logs.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GistStore } from "../../server/gists/index.ts";
import { type RunningServer, startServer } from "./server.ts";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const SHA = /^[0-9a-f]{40}$/;
const DIAGRAM = JSON.stringify({
  title: "Shop",
  tables: [{ id: "t", name: "person" }],
  relationships: [],
  database: "postgresql",
});
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Declares the tests for a store that `open` gives for a folder. */
export function gistSuite(open: (folder: string) => Promise<GistStore>): void {
  let server: RunningServer;
  let store: GistStore;
  let clock = Date.UTC(2026, 0, 1);

  beforeAll(async () => {
    store = await open("");
    server = await startServer({ gistBytes: 64 * 1024 }, { gists: store, now: () => new Date((clock += 1000)) });
  });

  afterAll(async () => {
    await server.close();
  });

  const call = async (method: string, path: string, body?: unknown, secret?: string): Promise<Answer> => {
    const answer = await fetch(server.address + path, {
      method,
      headers: {
        origin: "http://localhost:5173",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text === "" ? null : (JSON.parse(text) as unknown) };
  };

  /** A new gist under a prefix, as DrawDB's client makes one. */
  const create = async (prefix: string, more: object = {}): Promise<{ id: string; secret?: string }> => {
    const { body } = await call("POST", prefix, {
      public: false,
      filename: "share.json",
      description: "drawDB diagram",
      content: DIAGRAM,
      ...more,
    });
    return (body as { data: { id: string; secret?: string } }).data;
  };

  const versions = async (prefix: string, id: string): Promise<{ version: string; change_status: object }[]> =>
    ((await call("GET", `${prefix}/${id}/commits`)).body as { data: { version: string; change_status: object }[] }).data;

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

  describe.each([
    ["/gists", "message"],
    ["/api/gists", "error"],
  ])("a secret under %s", (prefix, key) => {
    it("is given once, and nothing changes without it", async () => {
      const { id, secret = "" } = await create(prefix, { secret: true });
      expect(secret).toMatch(/^[\w-]{43}$/);
      const change = { filename: "share.json", content: "stolen" };
      for (const wrong of [undefined, "wrong", `${secret}x`, secret.slice(1)]) {
        for (const answer of [
          await call("PATCH", `${prefix}/${id}`, change, wrong),
          await call("DELETE", `${prefix}/${id}`, undefined, wrong),
        ]) {
          expect([answer.status, answer.body]).toEqual([
            403,
            { success: false, [key]: "This gist can only be changed with its secret." },
          ]);
        }
      }
      const read = await call("GET", `${prefix}/${id}`);
      expect(read.status).toBe(200);
      expect(read.text).not.toContain("stolen");
      expect(read.text).not.toContain(secret);
      expect(read.text).not.toContain("secret");
      expect((await call("PATCH", `${prefix}/${id}`, change, secret)).status).toBe(200);
      expect((await call("DELETE", `${prefix}/${id}`, undefined, secret)).status).toBe(200);
      expect(server.log()).not.toContain(secret);
    });
  });

  describe.each(["/gists", "/api/gists"])("what is hostile under %s", (prefix) => {
    it.each([
      ["../../../etc/passwd"],
      ["..%2f..%2fpackage"],
      ["..\\..\\x"],
      ["__proto__"],
      ["constructor"],
      ["a'; DROP TABLE drawbridge_gist; --"],
      [`${NOBODY}%00`],
      [NOBODY.toUpperCase().replace("4000", "4ABC")],
      ["x".repeat(900)],
    ])("an id that is none of ours is 404: %s", async (id) => {
      const path = `${prefix}/${encodeURIComponent(decodeURIComponent(id))}`;
      for (const [method, body] of [["GET"], ["PATCH", { filename: "a", content: "a" }], ["DELETE"]] as const) {
        const answer = await call(method, path, body);
        expect(answer.status).toBe(404);
        expect(answer.text).not.toContain("root:");
      }
    });

    it.each([
      { filename: "../../evil.json", content: "x" },
      { filename: "..", content: "x" },
      { filename: "a\\b", content: "x" },
      { filename: "a\u0000b", content: "x" },
      { filename: "a\nb", content: "x" },
      { filename: "x".repeat(201), content: "x" },
      { filename: ["share.json"], content: "x" },
      { filename: { a: 1 }, content: "x" },
      { filename: "a", content: 5 },
      { filename: "a", content: true },
      { filename: "a", content: "x", description: 5 },
      { filename: "a", content: "x", public: "yes" },
      { filename: "a", content: "x", secret: 1 },
    ])("%j is 400 with the field's sentence", async (body) => {
      const answer = await call("POST", prefix, body);
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(/(filename|content|description|public|secret) must be/);
    });

    it.each(["__proto__", "constructor", "toString", "Ünïcode 名.json", 'a"b', "<img src=x>"])(
      "a file may be called %s",
      async (filename) => {
        const { id } = await create(prefix, { filename, content: "text" });
        const { body } = await call("GET", `${prefix}/${id}`);
        const found = body as { files?: object; data?: { files: object } };
        const files = found.files ?? found.data?.files ?? {};
        expect(Object.keys(files)).toEqual([filename]);
        expect(({} as { filename?: string }).filename).toBeUndefined();
      },
    );

    it("text that would pollute a prototype stays text", async () => {
      const content = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}';
      const { id } = await create(prefix, { content });
      expect((await call("GET", `${prefix}/${id}`)).text).toContain("__proto__");
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    });

    it("text that nests a hundred thousand deep is given back", async () => {
      const content = "[".repeat(30_000) + "]".repeat(30_000);
      const { id } = await create(prefix, { content });
      const { status, text } = await call("GET", `${prefix}/${id}`);
      expect(status).toBe(200);
      expect(text).toContain(content);
    });

    it("all of Unicode comes back as it went", async () => {
      const content = "\u0000\u0001\u2028 \u{1F600} Ä \uFFFF </script>";
      const { id } = await create("/gists", { content });
      const { body } = await call("GET", `/gists/${id}`);
      expect(body).toMatchObject({ data: { files: { "share.json": { content, size: content.length } } } });
    });

    it("a file that is too large is 413, at the limit it is kept", async () => {
      const most = 64 * 1024;
      const { id } = await create(prefix, { content: "x".repeat(most) });
      expect(id).toBeTruthy();
      for (const answer of [
        await call("POST", prefix, { filename: "a", content: "x".repeat(most + 1) }),
        await call("PATCH", `${prefix}/${id}`, { filename: "share.json", content: "ä".repeat(most / 2 + 1) }),
      ]) {
        expect(answer.status).toBe(413);
        expect(answer.text).toContain("at most 64 kB");
      }
      const huge = await call("POST", prefix, { filename: "a", content: "x".repeat(1024 * 1024) });
      expect(huge.status).toBe(413);
    });

    it("a gist holds ten files", async () => {
      const { id } = await create("/gists");
      for (let at = 1; at < 10; at += 1) await call("PATCH", `/gists/${id}`, { filename: `${String(at)}.json`, content: "x" });
      const answer = await call("PATCH", `${prefix}/${id}`, { filename: "eleventh.json", content: "x" });
      expect(answer.status).toBe(400);
      expect(await versions("/gists", id)).toHaveLength(10);
    });

    it("a page in a gist is never a page", async () => {
      const { id } = await create(prefix, { filename: "index.html", content: "<script>alert(1)</script>" });
      for (const path of ["", "/commits", `/${(await versions(prefix, id))[0]?.version ?? ""}`]) {
        const { headers } = await call("GET", `${prefix}/${id}${path}`);
        expect(headers.get("content-type")).toMatch(/^application\/json/);
        expect(headers.get("x-content-type-options")).toBe("nosniff");
        expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
        expect(headers.get("cache-control")).toBe("no-store");
        expect(headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
      }
      for (const path of ["/index.html", "/raw/index.html", "/file/index.html"]) {
        const answer = await fetch(`${server.address}${prefix}/${id}${path}`);
        expect(answer.status).toBe(404);
        expect(await answer.text()).not.toContain("alert");
      }
    });
  });

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
    expect(server.log()).toContain('"route":"/gists/:id"');
    for (const secret of ["share.json", "person", "stolen", "drawDB diagram"]) expect(server.log()).not.toContain(secret);
    expect(server.log()).not.toMatch(/[0-9a-f]{32}"/);
  });
}
