/** The server itself for tests: built with plain settings, on a free port, with every log line kept. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Deps } from "../../server/app.ts";
import { openGistStore } from "../../server/gists/index.ts";
import { type Config, databasePolicy, readConfig } from "../../server/config.ts";
import { databaseSettings, type DatabaseSettings } from "../../server/introspect/index.ts";
import type { App } from "../../server/ops/instance.ts";
import {
  type Channel,
  openChannel,
  openRoomStore,
  relayLimits,
  type RelayLimits,
  type RoomStore,
} from "../../server/relay/index.ts";
import { shareFolder } from "../../server/store/folder.ts";
import { relayWorker } from "./relay-worker.ts";

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

/** What a test of rooms says otherwise. */
export interface GivenRooms {
  readonly rooms?: RoomStore;
  readonly limits?: Partial<RelayLimits>;
  /** Stands between the relay and its line to other servers. */
  readonly line?: (channel: Channel) => Channel;
}

/**
 * Starts a server on a free port of loopback with a small built app. `routes` adds what only a test has; `databases` changes limits of
 * live databases, which are wide here; `relay` those of rooms.
 */
export async function startServer(
  said: Partial<Config> = {},
  given: Partial<Deps> = {},
  routes: (app: App) => void = () => undefined,
  databases: Partial<DatabaseSettings> = {},
  relay: GivenRooms = {},
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-server-"));
  const webRoot = join(folder, "web");
  await mkdir(join(webRoot, "assets"), { recursive: true });
  await writeFile(join(webRoot, "index.html"), "<!doctype html><title>Drawbridge</title>");
  const lines: string[] = [];
  const config = testConfig({ dataDir: join(folder, "data"), ...said });
  const shared = shareFolder(config.dataDir);
  const gists = given.gists ?? openGistStore(config, shared, () => undefined);
  const rooms = relay.rooms ?? openRoomStore(config, shared, { damaged: () => undefined, lost: () => undefined });
  const opened = openChannel(config);
  const channel = opened && (relay.line?.(opened) ?? opened);
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
    relay: { store: rooms, channel, worker: await relayWorker(), limits: { ...relayLimits(config), ...relay.limits } },
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
      await rooms.close();
      await gists.close();
      await shared.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
