import { availableParallelism } from "node:os";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { viewerPlugin } from "./tools/viewer.mjs";

const node = { environment: "node" as const, testTimeout: 120_000, hookTimeout: 180_000 };

/** `unit`: beside the code, quick. `contract`: folders of cases, real engines in process. `live`: real database servers. `soak`: minutes of them. */
export default defineConfig({
  plugins: [svelte(), viewerPlugin()],
  test: {
    slowTestThreshold: 5_000,
    // Left alone, one of two cores would stand idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { ...node, name: "unit", include: ["{shared,server,web,tools}/**/*.test.ts"] } },
      { extends: true, test: { ...node, name: "contract", include: ["tests/contract/**/*.test.ts"] } },
      { extends: true, test: { ...node, name: "live", include: ["tests/live/**/*.test.ts"], fileParallelism: false } },
      { extends: true, test: { ...node, name: "soak", include: ["tests/soak/**/*.test.ts"], fileParallelism: false } },
    ],
  },
});
