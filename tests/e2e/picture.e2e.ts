import { readFile } from "node:fs/promises";
import { serious } from "./support/axe.ts";
import { chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** Width and height, where a PNG says them. */
function sizeOf(png: Buffer): readonly [number, number] {
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test("the diagram becomes a picture: in pixels at a size, as SVG, as PDF, of everything or of what is selected", async ({
  page,
}) => {
  test.slow();
  await importFile(page, dump("films.sql"));
  await chooseTable(page, "copy");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export" });
  const pixels = dialog.getByRole("status");
  const download = async (): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
    const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };

  await dialog.getByRole("radio", { name: "PNG" }).check();
  await dialog.getByText("1×", { exact: true }).click();
  await expect(pixels).toContainText("pixels");
  const once = await download();
  expect(once.name).toBe("films.png");
  const [width, height] = sizeOf(once.bytes);
  await expect(pixels).toHaveText(`${width.toLocaleString("en-GB")} × ${height.toLocaleString("en-GB")} pixels`);
  await dialog.getByText("3×", { exact: true }).click();
  await expect(pixels).toContainText((width * 3).toLocaleString("en-GB"));
  expect(sizeOf((await download()).bytes)).toEqual([width * 3, height * 3]);
  await dialog.getByText("Dark", { exact: true }).click();
  await dialog.getByText("Selected (1)", { exact: true }).click();
  await expect(pixels).not.toContainText((width * 3).toLocaleString("en-GB"));
  await expect(pixels).toContainText("pixels");
  expect(await serious(page)).toEqual([]);

  await dialog.getByRole("radio", { name: "SVG" }).check();
  await expect(dialog.getByRole("img", { name: "How it will look" })).toBeVisible();
  const svg = (await download()).bytes.toString();
  for (const name of ["film", "copy", "rental"]) expect(svg).toContain(`>${name}</text>`);
  await dialog.getByText("Selected (1)", { exact: true }).click();
  await expect(async () => {
    const part = (await download()).bytes.toString();
    expect(part).toContain(">copy</text>");
    expect(part).not.toContain(">rental</text>");
  }).toPass();

  await dialog.getByRole("radio", { name: "PDF" }).check();
  await expect(dialog.getByRole("button", { name: "Download" })).toBeEnabled();
  const pdf = await download();
  expect([pdf.name, pdf.bytes.subarray(0, 5).toString()]).toEqual(["films.pdf", "%PDF-"]);
});
