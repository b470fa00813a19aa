/**
 * Our relay beside @y/websocket-server and Hocuspocus: people in one room who each set a key ten times a second. Every server is a
 * process of its own; clients are plain sockets, of which some decode what they get. Ours keeps every edit on the disk before it is
 * sent; the others keep nothing in this run, which is in their favour.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as Y from "yjs";
import { cpuMs, residentMb } from "../support/relay-process.ts";
import { makeRoom, pause, tokenOf } from "../support/rooms.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

/** A server to measure: how to start it, reach it, and wrap a message for it. */
interface Peer {
  readonly name: string;
  readonly script: string;
  /** Addresses for so many people. */
  readonly urls: (address: string, people: number) => Promise<readonly string[]>;
  /** What a client says first. */
  readonly hello: readonly Uint8Array[];
  readonly wrap: (update: Uint8Array) => Uint8Array;
  /** The update in a message, or null. */
  readonly unwrap: (message: Uint8Array) => Uint8Array | null;
}

const SECONDS = 8;
const PER_SECOND = 10;
/** One client in so many decodes what it gets. */
const SAMPLE = 20;

const message = (body: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  body(encoder);
  return encoding.toUint8Array(encoder);
};

const plain = {
  hello: [],
  wrap: (update: Uint8Array) =>
    message((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint8Array(encoder, update);
    }),
  unwrap: (bytes: Uint8Array) => {
    const decoder = decoding.createDecoder(bytes);
    return decoding.readVarUint(decoder) === 0 && decoding.readVarUint(decoder) === 2
      ? decoding.readVarUint8Array(decoder)
      : null;
  },
};

/** Hocuspocus says the document's name first, and wants a token message even where it asks for none. */
const named = {
  hello: [
    message((encoder) => {
      encoding.writeVarString(encoder, "bench");
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    }),
  ],
  wrap: (update: Uint8Array) =>
    message((encoder) => {
      encoding.writeVarString(encoder, "bench");
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint8Array(encoder, update);
    }),
  unwrap: (bytes: Uint8Array) => {
    const decoder = decoding.createDecoder(bytes);
    decoding.readVarString(decoder);
    return decoding.readVarUint(decoder) === 0 && decoding.readVarUint(decoder) === 2
      ? decoding.readVarUint8Array(decoder)
      : null;
  },
};

const peers = (root: string): readonly Peer[] => [
  {
    name: "Drawbridge",
    script: join(root, "dist/server/main.js"),
    ...plain,
    urls: async (address, people) => {
      const made = await makeRoom(address);
      const tokens = await Promise.all(Array.from({ length: people }, () => tokenOf(address, made, "edit")));
      return tokens.map((token) => `${address.replace("http", "ws")}/sync/${made.room}?token=${token}`);
    },
  },
  {
    name: "@y/websocket-server",
    script: join(root, "tests/bench/peers/y-websocket-server.mjs"),
    ...plain,
    urls: async (address, people) => Array<string>(people).fill(`${address.replace("http", "ws")}/bench`),
  },
  {
    name: "Hocuspocus",
    script: join(root, "tests/bench/peers/hocuspocus.mjs"),
    ...named,
    urls: async (address, people) => Array<string>(people).fill(address.replace("http", "ws")),
  },
];

async function start(script: string): Promise<{ address: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: "0", RATE_LIMIT: "0", DATA_DIR: mkdtempSync(join(tmpdir(), "drawbridge-bench-")) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  const address = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => {
      reject(new Error(`${script} ended with ${String(code)}`));
    });
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const ready = /ready on (http:\S+)/.exec(printed);
      if (ready?.[1]) resolve(ready[1]);
    });
  });
  return { address, child };
}

/** A person: a document that makes edits, and a socket. */
class Client {
  readonly socket: WebSocket;
  readonly doc = new Y.Doc();
  readonly sentAt: number[] = [];
  #update: Uint8Array = new Uint8Array();

  constructor(url: string, id: number) {
    this.doc.clientID = id;
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.doc.on("update", (update: Uint8Array) => (this.#update = update));
  }

  edit(wrap: Peer["wrap"]): void {
    this.doc.getMap("m").set(String(this.doc.clientID), this.sentAt.length);
    this.sentAt.push(performance.now());
    this.socket.send(wrap(this.#update));
  }
}

interface Measured {
  readonly deliveredPerSecond: number;
  readonly share: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuPercent: number;
  readonly usPerDelivery: number;
  readonly rss: number;
}

async function load(peer: Peer, people: number): Promise<Measured> {
  const { address, child } = await start(peer.script);
  const clients = (await peer.urls(address, people)).map((url, at) => new Client(url, at + 1));
  await Promise.all(clients.map(({ socket }) => once(socket, "open")));
  for (const { socket } of clients) for (const hello of peer.hello) socket.send(hello);
  const latencies: number[] = [];
  let since = Infinity;
  let seen = 0;
  const sampled = clients.filter((_, at) => at % SAMPLE === 0);
  for (const { socket } of sampled) {
    socket.on("message", (data: Buffer) => {
      const now = performance.now();
      const update = peer.unwrap(data);
      if (!update) return;
      for (const struct of Y.decodeUpdate(update).structs) {
        const value =
          struct instanceof Y.Item && struct.content instanceof Y.ContentAny ? (struct.content.arr[0] as number) : null;
        const sent = value === null ? undefined : clients[struct.id.client - 1]?.sentAt[value];
        if (sent === undefined || sent < since) continue;
        seen += 1;
        latencies.push(now - sent);
      }
    });
  }
  await pause(1_000);
  let edits = 0;
  const run = async (seconds: number): Promise<void> => {
    const started = performance.now();
    for (let done = 0; ;) {
      const due = Math.floor(((performance.now() - started) / 1_000) * people * PER_SECOND);
      if (performance.now() - started > seconds * 1_000) return;
      for (; done < due; done += 1, edits += 1) clients[done % people]?.edit(peer.wrap);
      await pause(4);
    }
  };
  await run(2);
  edits = 0;
  since = performance.now();
  const cpu = cpuMs(child.pid);
  await run(SECONDS);
  await pause(500);
  const took = (performance.now() - since) / 1_000;
  const used = cpuMs(child.pid) - cpu;
  const rss = residentMb(child.pid);
  const delivered = (seen / sampled.length) * people;
  for (const { socket } of clients) socket.terminate();
  child.kill("SIGKILL");
  await once(child, "close");
  latencies.sort((one, other) => one - other);
  const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    deliveredPerSecond: delivered / SECONDS,
    share: delivered / (edits * people),
    p50: at(0.5),
    p99: at(0.99),
    cpuPercent: used / took / 10,
    usPerDelivery: (used * 1_000) / delivered,
    rss,
  };
}

const round = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits;

export async function run({ root }: { readonly root: string }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const people of [50, 200]) {
    for (const peer of peers(root)) {
      const { deliveredPerSecond, share, p50, p99, cpuPercent, usPerDelivery, rss } = await load(peer, people);
      const what = `${peer.name}, ${String(people)} × ${String(PER_SECOND)}/s in one room:`;
      const ours = peer.name === "Drawbridge" && people === 200;
      rows.push(
        {
          what: `${what} delivered`,
          value: round(deliveredPerSecond),
          unit: "/s",
          note: `${String(round(share * 100, 1))} % of all`,
        },
        {
          what: `${what} CPU per delivery`,
          value: round(usPerDelivery, 2),
          unit: "µs",
          ...(ours ? { aim: 1 } : {}),
          note: `${String(round(cpuPercent))} % of a core`,
        },
        { what: `${what} p50`, value: round(p50, 1), unit: "ms" },
        { what: `${what} p99`, value: round(p99, 1), unit: "ms", ...(ours ? { aim: 250 } : {}) },
        { what: `${what} memory`, value: round(rss), unit: "MB" },
      );
    }
  }
  return rows;
}
