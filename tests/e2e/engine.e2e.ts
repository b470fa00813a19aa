import type { Page } from "@playwright/test";
import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

async function renameTable(page: Page, from: string, to: string): Promise<void> {
  await chooseTable(page, from);
  await page.getByLabel("Table name").fill(to);
  await page.getByLabel("Table name").press("Enter");
}

test("an engine that crashes is started again at the next edit, and it is said", async ({ page, pageErrors }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  const dying = page.workers().map((worker) =>
    worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("out of memory");
      });
    }),
  );
  await Promise.all(dying);
  await expect.poll(() => pageErrors.join("\n")).toContain("out of memory");
  pageErrors.length = 0;
  await renameTable(page, "copy", "print");
  const status = page.getByRole("contentinfo");
  await expect(status).toContainText(/engine stopped unexpectedly \(.*out of memory\). It was started again./, {
    timeout: 45_000,
  });
  await accepted(page);
  await renameTable(page, "print", "disc");
  await expect(status).not.toContainText("stopped unexpectedly");
  await accepted(page);
});
