/** Accessibility of a screen as it stands. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What only the theme decides. */
const COLOURS = "color-contrast";

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** What axe finds serious or critical, each with the elements that it is about: everything in the theme that is on, colours in both. */
export async function serious(page: Page): Promise<string[]> {
  const here = await found(new AxeBuilder({ page }));
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await page.emulateMedia({ colorScheme: dark ? "light" : "dark" });
  const there = await found(new AxeBuilder({ page }).withRules([COLOURS]));
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  return [...here, ...there.map((each) => `in the ${dark ? "light" : "dark"} theme: ${each}`)];
}
