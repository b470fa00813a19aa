import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** The texts of every test and suite of tests. */
function tests(): string {
  const below = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.ts$/.test(file) && (folder === "tests" || /\.test\.ts$/.test(file)))
      .map((file) => join(folder, file));
  return [...below("server"), ...below("shared"), ...below("tests")]
    .filter((file) => !file.endsWith("threat-model.test.ts"))
    .map(read)
    .join("\n");
}

/** The rows of the table below "Promises": a promise, and the titles of its tests. */
const promises = (read("docs/threat-model.md").split("## Promises")[1] ?? "")
  .split("\n## ")[0]
  ?.split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (---|promise )/.test(line))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")) as [string, string]);

describe("every promise of docs/threat-model.md names tests that are there", () => {
  const all = tests();

  it("has them in one table", () => {
    expect(promises?.length).toBeGreaterThan(15);
  });

  it.each(promises ?? [])("%s", (_promise, shownBy) => {
    const titles = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, title]) => title ?? "");
    expect(titles.length).toBeGreaterThan(0);
    for (const title of titles) expect(all).toContain(`"${title}"`);
  });
});
