import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { sentence } from "#shared/result/index.ts";
import { drawdbDiagram } from "../../../tests/support/drawdb-diagram.ts";
import { folderService } from "./service.ts";

const DIAGRAM = drawdbDiagram("Shop", ["users"]);

const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const readZip = (bytes: Uint8Array) => folderService.read({ kind: "zip", name: "a.zip", bytes }, null, null);
const readFiles = (files: Readonly<Record<string, string>>) =>
  folderService.read(
    { kind: "files", name: "a", files: Object.entries(files).map(([path, text]) => ({ path, bytes: strToU8(text) })) },
    null,
    null,
  );

describe("an archive of designs", () => {
  it("gives each of them, and names the bad ones", async () => {
    const saved = { ...DIAGRAM, title: undefined, name: undefined, id: 3, diagramId: "x", pan: { x: 0, y: 0 }, zoom: 1 };
    const { value, problems } = await readZip(
      zip({
        "diagrams/Shop(1).json": JSON.stringify(DIAGRAM),
        "diagrams/Old shop (now)(7b1e-22).json": JSON.stringify(saved),
        "diagrams/half(2).json": JSON.stringify(DIAGRAM).slice(0, 300),
        "diagrams/empty(3).json": "",
        "templates/other(4).json": '{"name": "other"}',
        "package.json": "{}",
        "readme.txt": "never read",
      }),
    );
    expect(problems).toEqual([]);
    if (value?.kind !== "designs") throw new Error("no designs were found");
    expect(value.designs.map(({ name, format, database, tables }) => [name, format, database, tables])).toEqual([
      ["Shop", "DrawDB", "PostgreSQL", 1],
      ["Old shop (now)", "DrawDB", "PostgreSQL", 1],
    ]);
    expect(value.bad).toEqual([
      { path: "diagrams/half(2).json", why: "The object that begins in line 1 is not closed." },
      { path: "diagrams/empty(3).json", why: "The file is empty. Choose a file with a schema in it." },
      { path: "templates/other(4).json", why: expect.stringContaining("a diagram of DrawDB has a list of tables") as string },
      { path: "package.json", why: "This is no design that is known here." },
    ]);
  });

  it("reads no more of them than two thousand, and names the rest", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2003 }, (_, at) => [`diagrams/d(${String(at)}).json`, at === 0 ? JSON.stringify(DIAGRAM) : "{}"]),
    );
    const { value } = await readZip(zip(files));
    if (value?.kind !== "designs") throw new Error("no designs were found");
    expect([value.designs.length, value.bad.length]).toEqual([1, 2002]);
    expect(value.bad.at(-1)?.why).toBe("Only the first 2,000 are read.");
  });
});

describe("a hostile archive", () => {
  it("may name files as objects name what all of them have, or lead above its root", async () => {
    const { value, problems } = await readZip(
      zip({ constructor: "x", toString: "x", "../../etc/diagrams/a.json": JSON.stringify(DIAGRAM) }),
    );
    expect([value?.kind, problems]).toEqual(["designs", []]);
    expect((await readZip(zip({ constructor: "x" }))).value).toBeNull();
  });

  it("that would unpack to more than there may be is refused", async () => {
    const bytes = zip({ "diagrams/a(1).json": "x" });
    // What the directory says of the size, in both of its places.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 300 * 1024 * 1024, true);
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 300 * 1024 * 1024, true);
    }
    expect((await readZip(bytes)).problems.map(sentence)).toEqual([
      "a.zip holds no migrations that can be replayed here: what can be read of it is more than 200 MB.",
    ]);
  });

  it("that unpacks to more than it says gives no more than it says", async () => {
    const bytes = zip({ "diagrams/a(1).json": JSON.stringify({ ...DIAGRAM, title: "x".repeat(1_000_000) }) });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    expect((await readZip(bytes)).value).toBeNull();
  });

  it.each([
    ["", "it is no zip archive"],
    ["PK\u0003\u0004 and then nothing", "it is no zip archive"],
  ])("%j is told", async (text, why) => {
    const { value, problems } = await readZip(strToU8(text));
    expect([value, problems.map(sentence)]).toEqual([null, [expect.stringContaining(why)]]);
  });
});

describe("a folder", () => {
  it("of DBML files is texts of one design", async () => {
    const { value } = await readFiles({ "main.dbml": "use * from './x'", "x.dbml": "Table a {\n id int\n}", "notes.md": "" });
    expect(value?.kind === "texts" && [...value.texts.keys()]).toEqual(["main.dbml", "x.dbml"]);
  });

  it("of migrations is that, and what lies beside them is told", async () => {
    const { value, problems } = await readFiles({
      "001_a.sql": "CREATE TABLE a (id int);",
      "docs/x.dbml": "Table a {\n id int\n}",
    });
    expect(value?.kind).toBe("migrations");
    expect(problems.map(sentence)).toEqual(["Left out: docs/x.dbml (migrations lie there too; open it by itself)."]);
  });

  it("of other files is told", async () => {
    const { value, problems } = await readFiles({ "package.json": "{}", "index.js": "" });
    expect([value, problems.map(({ code }) => code)]).toEqual([null, ["migrations.none"]]);
  });
});
