/** The page of one design: opened from a file, without a server and without network. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { writeDesign } from "#shared/formats/json/index.ts";
import { hostileDesign } from "../support/hostile.ts";
import { serious } from "./support/axe.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "server", "cli.js");

test("a design as one file shows every table, whatever they are called, and is searched and read", async ({ page }, info) => {
  const design = hostileDesign();
  const [file, made] = [info.outputPath("design.json"), info.outputPath("design.html")];
  await writeFile(file, writeDesign(design));
  const { stderr } = await promisify(execFile)(process.execPath, [cli, "convert", file, "--to", "html", "-o", made]).catch(
    (error: { readonly stderr: string }) => error,
  );
  expect(stderr).toContain("HTML page does not hold");
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("dialog", (dialog) => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) said.push(request.url());
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(pathToFileURL(made).href);
  const tables = page.getByRole("navigation").getByRole("listitem");
  await expect(tables).toHaveCount(design.schema.tables.length + design.schema.views.length);
  // Spaces, control characters and halves of pairs aside, which the way here changes.
  const tidy = (text: string): string => text.replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, " ").trim();
  const shown = new Set((await tables.locator("span").allTextContents()).map(tidy));
  for (const { name } of design.schema.tables) expect([...shown]).toContain(tidy(name));

  // What is chosen is read beside the canvas, and its relations lead on.
  await page.keyboard.press("/");
  await page.keyboard.type("用户");
  await page.keyboard.press("Enter");
  const details = page.getByRole("complementary", { name: "What is selected" });
  await expect(details.getByRole("heading", { level: 2 })).toHaveText("用户 Ünïcödé 🙂 ł");
  await expect(details.getByRole("heading", { name: "Refers to" })).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await details.getByRole("button").first().click();
  await expect(details.getByRole("heading", { level: 2 })).toHaveText(design.schema.tables[0]!.name);

  // The canvas holds more than paper: what was chosen stands out in the accent.
  const colours = await page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const found = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4)
      found.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
    return [...found];
  });
  expect(colours).toContain(0x2dd4bf);
  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();
  expect(said).toEqual([]);
});
