/** A phone: 390 × 844. One can look around: drawers, touch, nothing wider than the window. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { accepted, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

/** What is wider than the window, or reaches out of it. */
const outside = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("header, footer, main, nav, aside, dialog, button, input, textarea, select, h1, h2, section")]
      .filter((element) => element.checkVisibility() && !element.closest("[data-table], .near, .visually-hidden"))
      .map(
        (element) =>
          ({ element, ...element.getBoundingClientRect().toJSON() }) as { element: Element; left: number; right: number },
      )
      .filter(({ left, right }) => left < -1 || right > window.innerWidth + 1)
      .map(({ element, left, right }) => `${element.outerHTML.slice(0, 80)} ${String(left)}–${String(right)}`),
  );

const camera = (page: Page): Promise<{ zoom: number; x: number; y: number }> =>
  page.getByRole("list", { name: "Tables in view" }).evaluate((layer) => {
    const { a, e, f } = new DOMMatrix((layer as HTMLElement).style.transform);
    return { zoom: a, x: e, y: f };
  });

type Point = readonly [x: number, y: number];

/** Where the camera comes to rest once it has left a place. */
async function rested(page: Page, from: { readonly zoom: number }): Promise<{ zoom: number; x: number; y: number }> {
  let last = await camera(page);
  const still = async (): Promise<boolean> => {
    const before = last;
    last = await camera(page);
    return last.zoom !== from.zoom && JSON.stringify(last) === JSON.stringify(before);
  };
  await expect.poll(still).toBe(true);
  return last;
}

/** Fingers come down at the first places, go to the last in steps, and leave. */
async function fingers(page: Page, from: readonly Point[], to: readonly Point[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = (share: number) =>
    from.map(([x, y], id) => ({ id, x: x + ((to[id]?.[0] ?? x) - x) * share, y: y + ((to[id]?.[1] ?? y) - y) * share }));
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (let step = 1; step <= 5; step += 1)
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(step / 5) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

test("the first screen, the report and the editor fit; axe finds nothing serious", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  expect(await outside(page)).toEqual([]);
  await page.getByLabel("Schema file").setInputFiles(dump("films.sql"));
  await expect(page.getByLabel("What was read")).toContainText("3 tables");
  expect(await outside(page)).toEqual([]);
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(page);
  expect(await outside(page)).toEqual([]);
  await page.getByRole("button", { name: "The list" }).click();
  await expect(page.getByRole("navigation", { name: "Tables" })).toBeVisible();
  expect(await outside(page)).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  await page
    .getByRole("navigation", { name: "Tables" })
    .getByRole("button", { name: /^film / })
    .click();
  await expect(page.getByRole("navigation", { name: "Tables" })).toBeHidden();
  await page.getByRole("button", { name: "The inspector" }).click();
  await expect(page.getByLabel("Table name")).toHaveValue("film");
  expect(await outside(page)).toEqual([]);
  await page.getByRole("button", { name: "Close the drawer" }).click({ position: { x: 10, y: 300 } });
  await expect(page.getByLabel("Table name")).toBeHidden();
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await expect(page.getByRole("menu")).toBeInViewport({ ratio: 1 });
});

test("one finger pans, two zoom, a tap selects, and none of them moves a table", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  const before = await camera(page);
  await fingers(page, [[200, 600]], [[260, 500]]);
  const panned = await camera(page);
  expect(panned.zoom).toBeCloseTo(before.zoom);
  expect(panned.x - before.x).toBeCloseTo(60, 0);
  expect(panned.y - before.y).toBeCloseTo(-100, 0);
  await fingers(
    page,
    [
      [150, 400],
      [250, 400],
    ],
    [
      [100, 400],
      [300, 400],
    ],
  );
  const zoomed = await camera(page);
  expect(zoomed.zoom / panned.zoom).toBeCloseTo(2, 1);
  await page.keyboard.press("f");
  const whole = await rested(page, zoomed);
  const box = (await page.getByRole("button", { name: /^Table film,/ }).boundingBox()) ?? { x: 0, y: 0 };
  await fingers(page, [[box.x + 12, box.y + 6]], [[box.x + 72, box.y + 46]]);
  await expect(page.getByRole("banner").getByRole("button", { name: "Undo" })).toBeDisabled();
  await page.keyboard.press("f");
  await expect.poll(() => camera(page)).toEqual(whole);
  await page.touchscreen.tap(box.x + 12, box.y + 6);
  await page.getByRole("button", { name: "The inspector" }).click();
  await expect(page.getByLabel("Table name")).toHaveValue("film");
});
