/**
 * This part is in charge of rooms: documents that several people edit at once, over sockets that speak y-websocket's protocol, and the
 * rights to them. It joins and passes on updates and keeps them before anyone sees them; what a design is, it does not know.
 */
import { Counter, Gauge, type Registry } from "prom-client";
import { type Config, isLoopback } from "../config.ts";
import type { App } from "../ops/instance.ts";
import type { SharedFolder } from "../store/folder.ts";
import { openFileRooms } from "./files/store.ts";
import type { RelayLimits } from "./limits.ts";
import { openPostgresRooms } from "./postgres.ts";
import { Rates } from "./rates.ts";
import { Rooms } from "./rooms.ts";
import { roomRoutes } from "./routes.ts";
import { sockets } from "./sockets.ts";
import type { Channel } from "./servers/channel.ts";
import { Neighbours, type NeighboursParts } from "./servers/neighbours.ts";
import { openRedisChannel } from "./servers/redis.ts";
import type { RoomStore } from "./store.ts";
import { versionRoutes } from "./version-routes.ts";

export { backUp, restore } from "./backup/index.ts";
export type { RelayLimits } from "./limits.ts";
export type { Channel, ChannelListener } from "./servers/channel.ts";
export type { RoomStore } from "./store.ts";

/** Rights are looked up that often where other servers may change them, milliseconds. */
const RECHECK_MS = 1_000;

/** Rates that nobody uses are forgotten that often, milliseconds. */
const SWEEP_MS = 10_000;

/** What a configuration allows. */
export function relayLimits(config: Config): RelayLimits {
  return {
    documentBytes: config.roomBytes,
    updatesPerSecond: config.syncRate,
    rooms: config.roomLimit,
    socketsPerDocument: 1_000,
    // A personal server trusts its machine; elsewhere, or behind a proxy that names the caller, one address is an office at most.
    socketsPerAddress: isLoopback(config.host) && config.trustProxy.length === 0 ? 0 : 500,
    idleMs: 30_000,
    versionMs: 10 * 60_000,
    waitingBytes: 32 * 1024 * 1024,
  };
}

/** Who hears of what goes wrong in a store without anyone asking: records that the disk damaged, connections that broke. */
export interface StoreNews {
  readonly damaged: (count: number) => void;
  readonly lost: (error: Error) => void;
}

/** The store of a configuration: PostgreSQL where there is a DATABASE_URL, else files. */
export function openRoomStore(config: Config, folder: SharedFolder, { damaged, lost }: StoreNews): RoomStore {
  return config.databaseUrl === null ? openFileRooms(folder, damaged) : openPostgresRooms(config.databaseUrl, lost);
}

/** The line to other servers of the same database; null where none is configured. */
export function openChannel({ redisUrl }: Config): Channel | null {
  return redisUrl === null ? null : openRedisChannel(redisUrl);
}

/** What the relay is given. */
export interface RelayParts {
  readonly store: RoomStore;
  /** The line to other servers that share the store; closed with the relay. */
  readonly channel: Channel | null;
  /** The built worker of large documents. */
  readonly worker: string;
  readonly limits: RelayLimits;
  readonly registry: Registry;
  readonly now: () => Date;
}

function numbers(registry: Registry, counts: () => Rooms["counts"], rated: () => number) {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  gauge("sync_documents", "Documents that are open.", () => counts().documents);
  gauge("sync_rates", "People, rooms and addresses whose rates are remembered.", rated);
  gauge("sync_sockets", "Sockets in documents.", () => counts().sockets);
  return {
    updates: new Counter({ name: "sync_updates_total", help: "Updates that were kept.", registers }),
    deliveries: new Counter({ name: "sync_deliveries_total", help: "Updates kept, times who got them.", registers }),
    closed: new Counter({ name: "sync_closed_total", help: "Sockets that closed.", labelNames: ["code"], registers }),
  };
}

/** Joins the rooms of this server to those of others, and counts what that takes. */
function between(channel: Channel, registry: Registry, parts: Omit<NeighboursParts, "channel" | "healed">): Neighbours {
  const registers = [registry];
  new Gauge({
    name: "sync_channel_up",
    help: "1 while the line to other servers (REDIS_URL) is there.",
    registers,
    collect() {
      this.set(channel.up ? 1 : 0);
    },
  });
  const healed = new Counter({
    name: "sync_healed_total",
    help: "Documents that lacked what another server had told.",
    registers,
  });
  return new Neighbours({
    ...parts,
    channel,
    healed: () => {
      healed.inc();
    },
  });
}

/** Registers the sockets; the function it gives registers the routes below `/api/rooms`, where calls are limited. */
export async function relay(app: App, config: Config, parts: RelayParts): Promise<(api: App) => Promise<void>> {
  const { store, channel, limits, now } = parts;
  const counted = numbers(
    parts.registry,
    () => rooms.counts,
    () => rates.size,
  );
  const clock = (): number => performance.now();
  const failed = (what: string, error: unknown): void => {
    app.log.error({ err: error }, what);
  };
  const lost = (error: unknown): void => {
    app.log.warn({ err: error }, "Redis cannot be reached: edits of other servers come once it is back");
  };
  const neighbours = channel && between(channel, parts.registry, { rooms: () => rooms, clock, lost, failed });
  const rooms: Rooms = new Rooms({
    store,
    spread: neighbours,
    worker: parts.worker,
    limits,
    clock,
    now,
    events: {
      delivered: (updates, people) => {
        counted.updates.inc(updates);
        counted.deliveries.inc(updates * people);
      },
      failed,
    },
  });
  const rates = new Rates(limits);
  const sweep = setInterval(() => {
    rates.sweep(clock());
  }, SWEEP_MS);
  sweep.unref();
  let closing = false;
  const closed = (code: number): void => {
    // Clients choose their own codes; those that are not ours share a label.
    counted.closed.inc({
      code: code === 1000 || code === 1001 || code === 1006 || code >= 4400 ? String(Math.min(code, 4600)) : "other",
    });
  };
  await sockets(app, { rooms, store, limits, rates, clientUrls: config.clientUrls, closing: () => closing, clock, now, closed });
  const recheck = store.shared ? setInterval(() => void recheckAll(rooms).catch(() => undefined), RECHECK_MS) : undefined;
  recheck?.unref();
  app.addHook("preClose", async () => {
    closing = true;
    clearInterval(recheck);
    clearInterval(sweep);
    await rooms.close("restarting");
    await neighbours?.close();
  });
  app.addHook("onListen", () => {
    rooms.settle().catch((error: unknown) => {
      app.log.error({ err: error }, "rooms could not be put in order");
    });
  });
  return async (api) => {
    await api.register(
      async (scope: App) => {
        const changedRights = (room: string): void => neighbours?.rights(room);
        const given = { store, rooms, now, most: limits.rooms, creating: config.roomsToken, changedRights };
        roomRoutes(scope, given);
        versionRoutes(scope, given);
      },
      { prefix: "/api/rooms" },
    );
  };
}

/** Another server may have changed who may come in. */
async function recheckAll(rooms: Rooms): Promise<void> {
  for (const id of rooms.openRooms) await rooms.recheckStored(id);
}
