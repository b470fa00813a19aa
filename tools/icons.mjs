/**
 * Draws the icons of the installed app (web/public/icons) from its mark in web/public/icon.svg. Run by hand when the mark changes:
 * `node tools/icons.mjs`. The pictures are kept in git, so that a build needs no browser.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "./browser.mjs";
import { root, say } from "./lib.mjs";

const GROUND = "#0f766e";
const INK = "#ffffff";
/** Of each picture: its edge in pixels, the mark's share of it, and the radius of the ground's corners as a share. */
const PICTURES = {
  "any-192": [192, 0.62, 0.2],
  "any-512": [512, 0.62, 0.2],
  // A launcher may cut away all but a circle of 80 %: the mark stays well inside, the ground fills the rest.
  "maskable-192": [192, 0.5, 0],
  "maskable-512": [512, 0.5, 0],
  "apple-180": [180, 0.56, 0],
};

const mark = readFileSync(join(root, "web/public/icon.svg"), "utf8").replace(/stroke="#\w+"/, `stroke="${INK}"`);
const folder = join(root, "web/public/icons");
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: (await findBrowser()) ?? undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const [name, [edge, share, corner]] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ viewport: { width: edge, height: edge } });
  await page.setContent(
    `<style>body{margin:0;background:none}div{width:${edge}px;height:${edge}px;display:grid;place-items:center;` +
      `background:${GROUND};border-radius:${edge * corner}px}svg{width:${edge * share}px}</style><div>${mark}</div>`,
  );
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
say(`${Object.keys(PICTURES).length} icons are in web/public/icons`);
