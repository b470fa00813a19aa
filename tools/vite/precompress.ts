/** Leaves a `.br` and a `.gz` beside every file worth it, so that the server compresses nothing while serving. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const COMPRESSIBLE = /\.(js|css|html|svg|json|wasm|data|webmanifest|sql)$/;
const SMALLEST = 1024;

async function compress(file: string): Promise<void> {
  const bytes = readFileSync(file);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: bytes.length > 1_000_000 ? 9 : 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  if (br.length < bytes.length * 0.95) writeFileSync(`${file}.br`, br);
  if (gz.length < bytes.length * 0.95) writeFileSync(`${file}.gz`, gz);
}

export function precompress(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "drawbridge-precompress",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        const out = join(config.root, config.build.outDir);
        const files = readdirSync(out, { recursive: true, encoding: "utf8" }).map((name) => join(out, name));
        for (const file of files) {
          if (COMPRESSIBLE.test(file) && statSync(file).size >= SMALLEST) await compress(file);
        }
      },
    },
  };
}
