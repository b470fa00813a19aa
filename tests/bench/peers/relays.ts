/** The relays that are measured: how each is started and reached, and how its messages are written and read. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { makeRoom, tokenOf } from "../../support/rooms.ts";

/** The types of messages that all three have. */
const SYNC = 0;
const PRESENCE = 1;

/** A room of a relay. */
export interface BenchRoom {
  /** Addresses for so many people. */
  readonly urls: readonly string[];
  /** What a client says first. */
  readonly hello: readonly Uint8Array[];
  readonly update: (update: Uint8Array) => Uint8Array;
  readonly presence: (client: number, clock: number, json: string) => Uint8Array;
  /** What is in a message: an update, states of presence, or null. */
  readonly read: (message: Uint8Array) => { readonly update: Uint8Array } | { readonly states: readonly string[] } | null;
}

export interface Relay {
  readonly name: string;
  readonly script: string;
  readonly room: (address: string, at: number, people: number) => Promise<BenchRoom>;
}

const message = (body: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  body(encoder);
  return encoding.toUint8Array(encoder);
};

function readStates(bytes: Uint8Array): readonly string[] {
  const decoder = decoding.createDecoder(bytes);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    return decoding.readVarString(decoder);
  });
}

/** The messages of y-websocket; Hocuspocus (`name`) says a document's name before each. */
function messages(name: string | null): Omit<BenchRoom, "urls" | "hello"> {
  const begin = (encoder: encoding.Encoder, type: number): void => {
    if (name !== null) encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
  };
  return {
    update: (update) =>
      message((encoder) => {
        begin(encoder, SYNC);
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarUint8Array(encoder, update);
      }),
    presence: (client, clock, json) =>
      message((encoder) => {
        begin(encoder, PRESENCE);
        const states = message((inner) => {
          for (const number of [1, client, clock]) encoding.writeVarUint(inner, number);
          encoding.writeVarString(inner, json);
        });
        encoding.writeVarUint8Array(encoder, states);
      }),
    read: (bytes) => {
      const decoder = decoding.createDecoder(bytes);
      if (name !== null) decoding.readVarString(decoder);
      const type = decoding.readVarUint(decoder);
      if (type === PRESENCE) return { states: readStates(decoding.readVarUint8Array(decoder)) };
      if (type !== SYNC || decoding.readVarUint(decoder) !== 2) return null;
      return { update: decoding.readVarUint8Array(decoder) };
    },
  };
}

const socket = (address: string): string => address.replace("http", "ws");

/** Ours and two others. Hocuspocus wants a token message even where it asks for none. */
export const relays = (root: string): readonly Relay[] => [
  {
    name: "Drawbridge",
    script: join(root, "dist/server/main.js"),
    room: async (address, _at, people) => {
      const made = await makeRoom(address);
      const tokens = await Promise.all(Array.from({ length: people }, () => tokenOf(address, made, "edit")));
      const urls = tokens.map((token) => `${socket(address)}/sync/${made.room}?token=${token}`);
      return { ...messages(null), hello: [], urls };
    },
  },
  {
    name: "@y/websocket-server",
    script: join(root, "tests/bench/peers/y-websocket-server.mjs"),
    room: async (address, at, people) => ({
      ...messages(null),
      hello: [],
      urls: Array<string>(people).fill(`${socket(address)}/bench-${String(at)}`),
    }),
  },
  {
    name: "Hocuspocus",
    script: join(root, "tests/bench/peers/hocuspocus.mjs"),
    room: async (address, at, people) => {
      const name = `bench-${String(at)}`;
      const token = message((encoder) => {
        encoding.writeVarString(encoder, name);
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, "");
      });
      return { ...messages(name), hello: [token], urls: Array<string>(people).fill(socket(address)) };
    },
  },
];

/** Starts a relay as a process of its own; ours keeps its rooms in a folder that is new. */
export async function startRelay(script: string): Promise<{ readonly address: string; readonly child: ChildProcess }> {
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
