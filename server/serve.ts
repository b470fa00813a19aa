/** Runs the server until it is asked to stop, then lets what is under way finish. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./app.ts";
import { openGistStore } from "./gists/index.ts";
import type { App } from "./ops/instance.ts";
import { type Config, databasePolicy, isLoopback } from "./config.ts";
import { letGrow } from "./small-start.ts";
import { databaseSettings } from "./introspect/index.ts";
import { openChannel, openRoomStore, relayLimits } from "./relay/index.ts";
import { shareFolder } from "./store/folder.ts";

const bundleFolder = dirname(fileURLToPath(import.meta.url));

/** The built app lies beside the server's bundle: `dist/web` and `dist/server`. */
const webRoot = join(bundleFolder, "..", "web");

function productVersion(): string {
  const file = join(bundleFolder, "..", "..", "package.json");
  const parsed: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return parsed !== null && typeof parsed === "object" && "version" in parsed ? String(parsed.version) : "0.0.0";
}

/** Listens and prints the address. Resolves with the exit code when the server has stopped. */
export async function serve(config: Config, print: (line: string) => void): Promise<number> {
  let stopping = false;
  const folder = shareFolder(config.dataDir);
  const lost = (error: Error): void => {
    app.log.warn({ err: error }, "a connection of the database was lost");
  };
  const gists = openGistStore(config, folder, lost);
  const damaged = (count: number): void => {
    print(`The disk damaged ${String(count)} edits of rooms in ${config.dataDir}; all others are there.`);
  };
  const rooms = openRoomStore(config, folder, { damaged, lost });
  try {
    await rooms.open();
  } catch (error) {
    print(`Drawbridge cannot start: ${error instanceof Error ? error.message : String(error)}.`);
    return 1;
  }
  const app: App = await build(config, {
    webRoot,
    version: productVersion(),
    log: null,
    databases: databaseSettings(databasePolicy(config), config.sqliteDir && resolve(config.sqliteDir)),
    draining: () => stopping,
    gists,
    relay: {
      store: rooms,
      channel: openChannel(config),
      worker: join(bundleFolder, "relay-worker.js"),
      limits: relayLimits(config),
    },
    now: () => new Date(),
  });
  let address: string;
  try {
    address = await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const why = code === "EADDRINUSE" ? "the port is taken; set PORT to another" : code;
    print(`Drawbridge cannot listen on ${config.host}:${String(config.port)}: ${why}.`);
    await app.close();
    await rooms.close();
    await folder.close();
    return 1;
  }
  // Before anyone is told that it is ready: from then on it may be asked to stop.
  const ended = new Promise<number>((resolve) => {
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      print("Drawbridge is stopping");
      const deadline = setTimeout(() => {
        print("Drawbridge stops with calls still under way");
        app.server.closeAllConnections();
        resolve(1);
      }, config.drainSeconds * 1000);
      deadline.unref();
      void app
        .close()
        .then(() => rooms.close())
        .then(() => gists.close())
        .then(() => folder.close())
        .then(() => {
          resolve(0);
        });
    };
    // A terminal and `npm start` each pass Ctrl-C on: the second must not end what the first lets finish.
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });
  letGrow();
  print(`Drawbridge is ready on ${address}`);
  if (!isLoopback(config.host) && databasePolicy(config).mode === "private-ok") {
    print(
      "Whoever reaches this server may try every database that it reaches (DB_PROXY=private-ok): put a login in front of it.",
    );
  }
  return await ended;
}
