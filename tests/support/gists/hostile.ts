/** Secrets of gists, and hostile ids, names and bodies, under both prefixes. */
import { describe, expect, it } from "vitest";
import { type Gists, NOBODY } from "./client.ts";

/** Declares the tests. */
export function hostileGists({ call, create, versions, server }: Gists): void {
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
      expect(server().log()).not.toContain(secret);
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
        const answer = await fetch(`${server().address}${prefix}/${id}${path}`);
        expect(answer.status).toBe(404);
        expect(await answer.text()).not.toContain("alert");
      }
    });
  });
}
