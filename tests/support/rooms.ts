/** Rooms for tests: made over HTTP, joined by the real y-websocket or by a plain socket that says whatever a test wants. */
import { once } from "node:events";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { CreatedRoom, Role, Token } from "#shared/api/rooms.ts";
import { readMessage, syncMessage } from "#shared/sync/index.ts";

/** Calls a server with a secret; JSON goes in and out. */
export async function call(
  address: string,
  method: string,
  path: string,
  secret: string | null,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: unknown; readonly text: string }> {
  const answer = await fetch(address + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get("content-type")?.startsWith("application/json") ?? false;
  return { status: answer.status, body: json ? (JSON.parse(text) as unknown) : null, text };
}

export async function makeRoom(address: string): Promise<CreatedRoom> {
  const { status, body } = await call(address, "POST", "/api/rooms", null, {});
  if (status !== 201) throw new Error(`a room was not made: ${String(status)}`);
  return body as CreatedRoom;
}

/** A token for a role of a room. */
export async function tokenOf(address: string, made: CreatedRoom, role: Role, more: object = {}): Promise<string> {
  const { status, body } = await call(address, "POST", `/api/rooms/${made.room}/token`, made.secrets[role], more);
  if (status !== 200) throw new Error(`no token: ${String(status)}`);
  return (body as Token).token;
}

const socketUrl = (address: string): string => `${address.replace(/^http/, "ws")}/sync`;

/** A y-websocket client, as an application has it, but without other tabs. */
export function joinWith(
  address: string,
  path: string,
  token: string,
  doc = new Y.Doc(),
): { doc: Y.Doc; provider: WebsocketProvider } {
  const provider = new WebsocketProvider(socketUrl(address), path, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    params: { token },
    disableBc: true,
  });
  return { doc, provider };
}

/** Resolves once a provider is synced. */
export async function synced(provider: WebsocketProvider): Promise<void> {
  if (!provider.synced) await new Promise<void>((resolve) => provider.once("sync", () => resolve()));
}

/** Waits until something holds; fails with its last error after `ms`. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${String(ms)} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A plain socket: cheap, and as honest as the test wants. */
export class RawClient {
  readonly socket: WebSocket;
  /** Updates and answers as they came. */
  readonly updates: Uint8Array[] = [];
  readonly messages: Uint8Array[] = [];
  code: number | null = null;
  #answers = 0;
  onMessage: (bytes: Uint8Array) => void = () => undefined;

  constructor(address: string, path: string, token: string | null, options: WebSocket.ClientOptions = {}) {
    const query = token === null ? "" : `?token=${encodeURIComponent(token)}`;
    this.socket = new WebSocket(`${socketUrl(address)}/${path}${query}`, options);
    this.socket.on("message", (data: Buffer) => {
      const bytes = new Uint8Array(data);
      this.messages.push(bytes);
      const message = readMessage(bytes);
      if (message?.kind === "update") this.updates.push(message.update);
      if (message?.kind === "update" && message.late) this.#answers += 1;
      this.onMessage(bytes);
    });
    this.socket.on("close", (code) => {
      this.code = code;
    });
    this.socket.on("error", () => undefined);
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, "open");
    return this;
  }

  /** Resolves with the code the server closed with. */
  async closed(ms = 10_000): Promise<number> {
    await until(() => this.code !== null, "the socket to be closed", ms);
    return this.code ?? 0;
  }

  send(bytes: Uint8Array | string): void {
    this.socket.send(bytes);
  }

  update(bytes: Uint8Array): void {
    this.send(syncMessage("update", bytes));
  }

  /** Asks for all there is; resolves with it. */
  async state(ms = 10_000): Promise<Uint8Array> {
    const before = this.#answers;
    this.send(syncMessage("vector", new Uint8Array([0])));
    await until(() => this.#answers > before, "an answer to a state vector", ms);
    return Y.mergeUpdates(this.updates);
  }

  close(): void {
    this.socket.terminate();
  }
}

/** An update that sets one key of a map, made without a document that lives on. */
export function edit(client: number, clock: number, key: string, value: unknown, doc = new Y.Doc()): Uint8Array {
  doc.clientID = client;
  if (clock > 0 && doc.store.clients.size === 0) throw new Error("a clock goes with the document that counted it");
  let made = new Uint8Array();
  const keep = (update: Uint8Array): void => void (made = new Uint8Array(update));
  doc.on("update", keep);
  doc.getMap("m").set(key, value);
  doc.off("update", keep);
  return made;
}
