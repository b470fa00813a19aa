import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { precompress } from "./tools/vite/precompress.ts";
import { serviceWorker } from "./tools/vite/service-worker.ts";
import { viewerPlugin } from "./tools/viewer.mjs";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as { readonly version: string };

/** Builds the browser app from `web` into `dist/web`. Its workers are modules with chunks of their own. */
export default defineConfig({
  root: "web",
  plugins: [svelte(), viewerPlugin(), serviceWorker(), precompress()],
  define: { __VERSION__: JSON.stringify(version) },
  worker: { format: "es", plugins: () => [viewerPlugin()] },
  // PGlite finds its wasm and data files beside itself; pre-bundling would move it away from them.
  optimizeDeps: { exclude: ["@electric-sql/pglite"] },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    // Every browser of the target knows the link by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["web/index.html", "web/hold.html"] },
  },
});
