/**
 * Builds `web/sw.ts` into `sw.js` at the root of the app, with two lists of what was built: the shell (kept at install) and the
 * engines (kept once they have been used). Their names carry content hashes, so a list entry never goes stale. `offline.json`
 * tells the page how much there is to keep.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import type { Plugin, ResolvedConfig } from "vite";

/** Files of the engines: large, and not needed to look at a design. */
const ENGINE = /\.(wasm|data|gz|tgz|snapshot)$/;

/** The shell: what the app needs to open, show and edit a design. */
const SHELL = /\.(html|js|css|woff2|svg|png|webmanifest|sql|json)$/;

/** The worker itself, and pictures that only the browser's install sheet shows. */
const APART = /^(sw\.js$|screenshots\/)/;

/** Workbox's precache list: a file whose name carries its hash needs no revision. */
function shellManifest(out: string): { url: string; revision: string | null }[] {
  return readdirSync(out, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => SHELL.test(name) && !APART.test(name))
    .sort()
    .map((name) => ({
      url: `/${name}`,
      revision: name.startsWith("assets/")
        ? null
        : createHash("sha256")
            .update(readFileSync(join(out, name)))
            .digest("hex")
            .slice(0, 16),
    }));
}

export function serviceWorker(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "drawbridge-service-worker",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      order: "pre",
      sequential: true,
      async handler() {
        const out = join(config.root, config.build.outDir);
        const engines = readdirSync(join(out, "assets"))
          .filter((name) => ENGINE.test(name))
          .map((name) => `/assets/${name}`);
        const size = (path: string): number => statSync(join(out, path)).size;
        const shell = shellManifest(out).reduce((sum, { url }) => sum + size(url), 0);
        writeFileSync(join(out, "offline.json"), JSON.stringify({ shell, engines: engines.map((path) => [path, size(path)]) }));
        await bundle({
          entryPoints: [join(config.root, "sw.ts")],
          outfile: join(out, "sw.js"),
          bundle: true,
          minify: true,
          format: "iife",
          target: "es2022",
          define: {
            "process.env.NODE_ENV": '"production"',
            "self.__WB_MANIFEST": JSON.stringify(shellManifest(out)),
            ENGINE_ASSETS: JSON.stringify(engines),
          },
        });
      },
    },
  };
}
