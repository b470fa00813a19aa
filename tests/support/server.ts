/** The server itself for tests: built with plain settings, on a free port, with every log line kept. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Deps } from "../../server/app.ts";
import { openGistStore } from "../../server/gists/index.ts";
import { type Config, databasePolicy, readConfig } from "../../server/config.ts";
import { databaseSettings, type DatabaseSettings } from "../../server/introspect/index.ts";
import type { App } from "../../server/ops/instance.ts";

export interface RunningServer {
  readonly app: App;
  readonly address: string;
  /** A folder of its own, removed at the end. */
  readonly folder: string;
  /** Everything logged so far. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** The configuration an empty environment gives, with what a test says otherwise. */
export function testConfig(said: Partial<Config> = {}): Config {
  const { config } = readConfig({}, () => "");
  if (config === null) throw new Error("the defaults are wrong");
  return { ...config, rateLimit: 0, logLevel: "info", ...said };
}

/**
 * Starts a server on a free port of loopback with a small built app. `routes` adds what only a test has; `databases` changes limits of
 * live databases, which are wide here.
 */
export async function startServer(
  said: Partial<Config> = {},
  given: Partial<Deps> = {},
  routes: (app: App) => void = () => undefined,
  databases: Partial<DatabaseSettings> = {},
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-server-"));
  const webRoot = join(folder, "web");
  await mkdir(join(webRoot, "assets"), { recursive: true });
  await writeFile(join(webRoot, "index.html"), "<!doctype html><title>Drawbridge</title>");
  const lines: string[] = [];
  const config = testConfig({ dataDir: join(folder, "data"), ...said });
  const gists = given.gists ?? openGistStore(config, () => undefined);
  const app = await build(config, {
    webRoot,
    version: "1.2.3",
    log: { write: (line) => void lines.push(line) },
    databases: {
      ...databaseSettings(databasePolicy(config), config.sqliteDir),
      callers: { connectsPerMinute: 1_000, atOnce: 100 },
      failureMs: 100,
      ...databases,
    },
    draining: () => false,
    gists,
    now: () => new Date(),
    ...given,
  });
  routes(app);
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    app,
    address,
    folder,
    log: () => lines.join(""),
    close: async () => {
      await app.close();
      await gists.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
