/** The settings: each choice is seen at once and is there after a reload. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { accepted, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** What the canvas shows, as one number for all its pixels. */
const pictured = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const whole = document.querySelector("[role=application]")?.getBoundingClientRect() ?? new DOMRect();
    const context = new OffscreenCanvas(whole.width, whole.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
    for (const tile of document.querySelectorAll<HTMLCanvasElement>(".painted > div canvas")) {
      const { left, top, width, height } = tile.getBoundingClientRect();
      context.drawImage(tile, left - whole.left, top - whole.top, width, height);
    }
    const { data } = context.getImageData(0, 0, whole.width, whole.height);
    return data.reduce((sum, value, at) => (sum * 31 + value + at) % 2_147_483_647, 7);
  });

const choose = async (page: Page, group: string, name: string): Promise<void> => {
  await page.getByRole("group", { name: group }).getByRole("radio", { name }).check({ force: true });
};

test("each notation paints the ends of relations otherwise, and the chosen one is remembered", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  await page.keyboard.press("Control+,");
  const seen = [await pictured(page)];
  for (const name of ["Min–max", "IDEF1X", "Arrows"]) {
    await choose(page, "Relations", name);
    seen.push(await pictured(page));
  }
  expect(new Set(seen).size).toBe(4);
  await page.reload();
  await accepted(page);
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("radio", { name: "Arrows" })).toBeChecked();
  expect(await pictured(page)).toBe(seen[3]);
});

test("tables show all columns, keys, or names; the map hides; both are remembered", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  const film = page.getByRole("list", { name: "Tables in view" }).getByRole("button", { name: /^Table film,/ });
  await expect(film).toBeAttached();
  const zoomed = async (): Promise<number> => Math.round((await film.boundingBox())?.height ?? 0);
  const all = await zoomed();
  await page.keyboard.press("Control+,");
  await choose(page, "Tables show", "Keys only");
  await expect.poll(zoomed).toBeLessThan(all);
  const keys = await zoomed();
  await choose(page, "Tables show", "Names only");
  await expect.poll(zoomed).toBeLessThan(keys);
  await page.getByLabel("Show the map").uncheck();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator(".minimap")).toHaveCount(0);
  const names = await zoomed();
  await page.reload();
  await expect.poll(zoomed).toBe(names);
  await expect(page.locator(".minimap")).toHaveCount(0);
  await expect(film).toHaveAccessibleName(/4 columns/);
});

for (const colorScheme of ["light", "dark"] as const)
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test("axe finds nothing serious in the settings, and the other theme may be chosen", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
      await page.keyboard.press("Control+,");
      await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
      const other = colorScheme === "light" ? "dark" : "light";
      await choose(page, "Theme", other === "dark" ? "Dark" : "Light");
      await expect(page.locator("html")).toHaveAttribute("data-theme", other);
      await page.reload();
      await expect(page.locator("html")).toHaveAttribute("data-theme", other);
    });
  });
