/**
 * Our relay beside @y/websocket-server and Hocuspocus: people in one room who each set a key ten times a second, many small rooms, and
 * cursors. Every server is a process of its own; clients are plain sockets, of which some decode what they get. Ours keeps every edit on
 * the disk before it is sent; the others keep nothing in this run, which is in their favour.
 */
import { once } from "node:events";
import WebSocket from "ws";
import * as Y from "yjs";
import { cpuMs, residentMb } from "../support/relay-process.ts";
import { pause } from "../support/rooms.ts";
import { type BenchRoom, type Relay, relays, startRelay } from "./peers/relays.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

/** What people do in a run. */
interface Load {
  readonly what: string;
  readonly rooms: number;
  readonly people: number;
  readonly perSecond: number;
  readonly does: "edits" | "moves the cursor";
  /** One client in so many decodes what it gets. */
  readonly sample: number;
  /** What ours answers to; a share of a core is in percent. */
  readonly aims: { readonly p99?: number; readonly perDelivery?: number; readonly core?: number };
}

const LOADS: readonly Load[] = [
  { what: "50 × 10/s in one room", rooms: 1, people: 50, perSecond: 10, does: "edits", sample: 20, aims: {} },
  {
    what: "200 × 10/s in one room",
    rooms: 1,
    people: 200,
    perSecond: 10,
    does: "edits",
    sample: 20,
    aims: { p99: 250, perDelivery: 1 },
  },
  { what: "500 rooms × 2, 2/s", rooms: 500, people: 2, perSecond: 2, does: "edits", sample: 1, aims: { p99: 50 } },
  {
    what: "50 cursors at 30 Hz",
    rooms: 1,
    people: 50,
    perSecond: 30,
    does: "moves the cursor",
    sample: 10,
    aims: { core: 15 },
  },
];

const SECONDS = 6;

/** A person: a document that makes edits, and a socket. */
class Client {
  readonly socket: WebSocket;
  readonly doc = new Y.Doc();
  readonly sentAt: number[] = [];
  readonly room: BenchRoom;
  readonly peers: ReadonlyMap<number, Client>;
  #update: Uint8Array = new Uint8Array();

  constructor(url: string, id: number, room: BenchRoom, peers: ReadonlyMap<number, Client>) {
    this.doc.clientID = id;
    this.room = room;
    this.peers = peers;
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.doc.on("update", (update: Uint8Array) => (this.#update = update));
  }

  act(does: Load["does"]): void {
    const { clientID } = this.doc;
    const at = this.sentAt.length;
    this.sentAt.push(performance.now());
    if (does === "edits") {
      this.doc.getMap("m").set(String(clientID), at);
      this.socket.send(this.room.update(this.#update));
    } else {
      this.socket.send(this.room.presence(clientID, at + 1, JSON.stringify({ who: clientID, at, cursor: [at * 3, at * 5] })));
    }
  }

  /** When the things that a message tells of were sent. */
  *heard(data: Uint8Array): Iterable<number> {
    const message = this.room.read(data);
    if (!message) return;
    if ("states" in message) {
      for (const json of message.states) {
        const state = JSON.parse(json) as { readonly who?: number; readonly at?: number } | null;
        const sent = this.peers.get(state?.who ?? -1)?.sentAt[state?.at ?? -1];
        if (sent !== undefined) yield sent;
      }
      return;
    }
    for (const struct of Y.decodeUpdate(message.update).structs) {
      const value = struct instanceof Y.Item && struct.content instanceof Y.ContentAny ? (struct.content.arr[0] as number) : null;
      const sent = value === null ? undefined : this.peers.get(struct.id.client)?.sentAt[value];
      if (sent !== undefined) yield sent;
    }
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

async function everyone(relay: Relay, address: string, { rooms, people }: Load): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (let at = 0; at < rooms; at += 1) {
    const room = await relay.room(address, at, people);
    const peers = new Map<number, Client>();
    for (const url of room.urls) {
      const client = new Client(url, clients.length + 1, room, peers);
      peers.set(client.doc.clientID, client);
      clients.push(client);
      client.socket.once("open", () => {
        for (const hello of room.hello) client.socket.send(hello);
      });
    }
    // A few at a time: how fast sockets open is not what is measured.
    if (at % 20 === 19 || at === rooms - 1) {
      const opening = clients.filter(({ socket }) => socket.readyState === WebSocket.CONNECTING);
      await Promise.all(opening.map(({ socket }) => once(socket, "open")));
    }
  }
  return clients;
}

async function measure(relay: Relay, load: Load): Promise<Measured> {
  const { address, child } = await startRelay(relay.script);
  const clients = await everyone(relay, address, load);
  const latencies: number[] = [];
  let [since, seen] = [Infinity, 0];
  const sampled = clients.filter((_, at) => at % load.sample === 0);
  for (const client of sampled) {
    client.socket.on("message", (data: Buffer) => {
      const now = performance.now();
      for (const sent of client.heard(data)) {
        if (sent < since) continue;
        seen += 1;
        latencies.push(now - sent);
      }
    });
  }
  await pause(1_000);
  let acts = 0;
  const run = async (seconds: number): Promise<void> => {
    const started = performance.now();
    for (let done = 0; ;) {
      const due = Math.floor(((performance.now() - started) / 1_000) * clients.length * load.perSecond);
      if (performance.now() - started > seconds * 1_000) return;
      for (; done < due; done += 1, acts += 1) clients[done % clients.length]?.act(load.does);
      await pause(4);
    }
  };
  await run(1.5);
  acts = 0;
  since = performance.now();
  const cpu = cpuMs(child.pid);
  await run(SECONDS);
  await pause(500);
  const took = (performance.now() - since) / 1_000;
  const used = cpuMs(child.pid) - cpu;
  const rss = residentMb(child.pid);
  const delivered = (seen / sampled.length) * clients.length;
  for (const { socket } of clients) socket.terminate();
  child.kill("SIGKILL");
  await once(child, "close");
  latencies.sort((one, other) => one - other);
  const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    deliveredPerSecond: delivered / SECONDS,
    share: delivered / (acts * load.people),
    p50: at(0.5),
    p99: at(0.99),
    cpuPercent: used / took / 10,
    usPerDelivery: (used * 1_000) / delivered,
    rss,
  };
}

const round = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits;
const aimOf = (aim: number | undefined): { readonly aim?: number } => (aim === undefined ? {} : { aim });

function rowsOf(relay: Relay, { what, aims: all }: Load, measured: Measured): readonly Row[] {
  const aims = relay.name === "Drawbridge" ? all : {};
  const of = `${relay.name}, ${what}:`;
  const note = `${String(round(measured.share * 100, 1))} % of all`;
  return [
    { what: `${of} delivered`, value: round(measured.deliveredPerSecond), unit: "/s", note },
    { what: `${of} CPU per delivery`, value: round(measured.usPerDelivery, 2), unit: "µs", ...aimOf(aims.perDelivery) },
    { what: `${of} CPU`, value: round(measured.cpuPercent, 1), unit: "% of a core", ...aimOf(aims.core) },
    { what: `${of} p50`, value: round(measured.p50, 1), unit: "ms" },
    { what: `${of} p99`, value: round(measured.p99, 1), unit: "ms", ...aimOf(aims.p99) },
    { what: `${of} memory`, value: round(measured.rss), unit: "MB" },
  ];
}

export async function run({ root }: { readonly root: string }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const load of LOADS) for (const relay of relays(root)) rows.push(...rowsOf(relay, load, await measure(relay, load)));
  return rows;
}
