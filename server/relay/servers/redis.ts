/**
 * The line between servers as a stream in Redis. There is one stream for all rooms: no name of a room ever becomes a key, and nothing
 * is left behind by a room. Each server reads it from where it was, so that a short break loses nothing; it is cut to the newest few
 * thousand entries, and what was cut off before it was read counts as lost.
 */
import { randomBytes } from "node:crypto";
import type { createClient } from "@redis/client";
import type { Channel, ChannelListener } from "./channel.ts";
import { type Notice, readNotices, writeNotices } from "./notice.ts";

const STREAM = "drawbridge:rooms";

/** Entries that are kept, about; at 200 a second and server that is seconds. */
const KEPT = "4000";

/** A read waits that long for something new, milliseconds; a connection on which nothing comes for longer is a dead one. */
const BLOCK_MS = 5_000;
const DEAD_MS = 12_000;

/** Notices of so many bytes make an entry, and so many bytes may be on their way; beyond that what is said is lost. */
const ENTRY_BYTES = 64 * 1024;
const MOST_UNDER_WAY = 16 * 1024 * 1024;

type Client = ReturnType<typeof createClient>;
type Id = readonly [ms: number, count: number];

const idOf = (text: string): Id => {
  const [ms = 0, count = 0] = text.split("-").map(Number);
  return [ms, count];
};

/** True when one entry was written before another. */
const isBefore = (one: string, other: string): boolean => {
  const [left, right] = [idOf(one), idOf(other)];
  return left[0] < right[0] || (left[0] === right[0] && left[1] < right[1]);
};

/** As the protocol answers: an entry is its id and its fields, names and values in turn. */
type Entry = readonly [id: Buffer, fields: readonly Buffer[]];

const sizeOf = (notice: Notice): number => ("update" in notice ? notice.update.length : 256);

class RedisChannel implements Channel {
  readonly #url: string;
  readonly #server = randomBytes(8).toString("hex");
  #listener: ChannelListener | null = null;
  #writer: Client | null = null;
  #reader: Client | null = null;
  #connecting: Promise<void> | null = null;
  #waiting: Notice[] = [];
  #scheduled = false;
  #underWay = 0;
  #closed = false;
  /** True while the stream is being read. */
  #reading = false;
  /** True once it was said that it is away. */
  #said = false;

  constructor(url: string) {
    this.#url = url;
  }

  get up(): boolean {
    return this.#reading && this.#writer?.isReady === true;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    this.#connecting = this.#connect().then(
      () => {
        void this.#read(listener);
      },
      (error: unknown) => {
        this.#fell(error);
      },
    );
  }

  /** Said once for each time it goes away. */
  #fell(error: unknown): void {
    if (this.#said || this.#closed) return;
    this.#said = true;
    this.#listener?.lost(error);
  }

  /** To be called when either connection is there again: what was said meanwhile is lost, also where only the other was away. */
  #back(): void {
    if (!this.up) return;
    this.#said = false;
    this.#listener?.ready();
  }

  async #connect(): Promise<void> {
    // Loaded only where there is a Redis.
    const { createClient, RESP_TYPES } = await import("@redis/client");
    const make = (): Client =>
      createClient({
        url: this.#url,
        RESP: 2,
        commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
        disableOfflineQueue: true,
        maintNotifications: "disabled",
        pingInterval: BLOCK_MS,
        socket: {
          connectTimeout: 5_000,
          socketTimeout: DEAD_MS,
          reconnectStrategy: (retries) => Math.min(1_000, 50 * 2 ** Math.min(retries, 10)) * (0.5 + Math.random() / 2),
        },
      }) as Client;
    const [reader, writer] = [make(), make()];
    for (const client of [reader, writer]) {
      client.on("error", (error: unknown) => {
        this.#fell(error);
      });
      // Not waited for: it comes when Redis does.
      void client.connect().catch(() => undefined);
    }
    writer.on("ready", () => {
      this.#back();
    });
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Reads for ever. */
  async #read({ heard }: ChannelListener): Promise<void> {
    let from: string | null = null;
    while (!this.#closed) {
      try {
        if (!this.#reading) {
          from = await this.#resume(from);
          this.#reading = true;
          this.#back();
        }
        for (const [id, fields] of await this.#next(from ?? "0-0")) {
          from = id.toString();
          const read = fields[1] && readNotices(fields[1]);
          if (read && read.server !== this.#server) heard(read.server, read.notices);
        }
      } catch (error) {
        if (this.#closed) return;
        this.#reading = false;
        // A client that is not there yet says itself what keeps it.
        if (this.#reader?.isReady) this.#fell(error);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** Where to read on: where it was, or at the end of the stream where that is new or Redis has forgotten it. */
  async #resume(from: string | null): Promise<string> {
    const newest = ((await this.#ask(this.#reader, ["XREVRANGE", STREAM, "+", "-", "COUNT", "1"])) ?? []) as Entry[];
    const end = newest[0]?.[0].toString() ?? "0-0";
    return from === null || isBefore(end, from) ? end : from;
  }

  async #next(from: string): Promise<readonly Entry[]> {
    const answer = await this.#ask(this.#reader, ["XREAD", "COUNT", "500", "BLOCK", String(BLOCK_MS), "STREAMS", STREAM, from]);
    return (answer as readonly [name: Buffer, entries: readonly Entry[]][] | null)?.[0]?.[1] ?? [];
  }

  /** Asks in this very turn: what is said before the channel closes is still sent. */
  #ask(client: Client | null, words: readonly (string | Buffer)[]): Promise<unknown> {
    return client?.isReady ? client.sendCommand([...words]) : Promise.reject(new Error("Redis is not there"));
  }

  say(notice: Notice): void {
    if (!this.up || this.#underWay > MOST_UNDER_WAY) return;
    this.#waiting.push(notice);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#flush();
    });
  }

  #flush(): void {
    this.#scheduled = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    let [entry, bytes]: [Notice[], number] = [[], 0];
    for (const notice of waiting) {
      if (bytes > ENTRY_BYTES) {
        this.#write(entry);
        [entry, bytes] = [[], 0];
      }
      entry.push(notice);
      bytes += sizeOf(notice);
    }
    if (entry.length > 0) this.#write(entry);
  }

  #write(notices: readonly Notice[]): void {
    const bytes = Buffer.from(writeNotices(this.#server, notices));
    this.#underWay += bytes.length;
    this.#ask(this.#writer, ["XADD", STREAM, "MAXLEN", "~", KEPT, "*", "n", bytes])
      .catch((error: unknown) => {
        this.#fell(error);
      })
      .finally(() => {
        this.#underWay -= bytes.length;
      });
  }

  async close(): Promise<void> {
    await this.#connecting;
    this.#flush();
    this.#closed = true;
    // The writer finishes what it was given; the reader waits for nothing we want to hear.
    const written = this.#writer?.isReady ? this.#writer.close() : Promise.resolve(this.#writer?.destroy());
    await Promise.race([written, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]).catch(() => undefined);
    if (this.#reader?.isOpen) this.#reader.destroy();
  }
}

/** The line between the servers at a Redis. It is connected to when someone listens. */
export function openRedisChannel(url: string): Channel {
  return new RedisChannel(url);
}
