/**
 * The connections that browsers hold by a cookie: what to connect with, in memory only. One lives an hour after its last use and a
 * day at most; the cookie is an id that says nothing.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { EngineName } from "./engines.ts";
import type { ConnectRequest } from "./live/connector.ts";

const COOKIE = "sessionid";
const DAY_MS = 24 * 60 * 60 * 1000;
const IDLE_MS = 60 * 60 * 1000;
/** Connections held at a time; the one used least recently goes. */
const MOST = 1_000;
const ID = /^[\w-]{43}$/;

export interface HeldConnection {
  readonly connectionId: string;
  readonly engine: EngineName;
  readonly request: ConnectRequest;
  readonly connectedAt: number;
}

interface Entry {
  readonly held: HeldConnection;
  readonly usedAt: number;
}

export class Sessions {
  readonly #entries = new Map<string, Entry>();
  /** Ids whose connection has run out. */
  readonly #stale = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The connection that the request's cookie stands for, its hour begun anew; `stale` when it has run out, null for none. */
  find(request: FastifyRequest): HeldConnection | "stale" | null {
    this.#forget();
    const id = cookieOf(request);
    if (id === null) return null;
    const entry = this.#entries.get(id);
    if (!entry) return this.#stale.has(id) ? "stale" : null;
    // Set anew, it moves to the end: the first is the one used least recently.
    this.#entries.delete(id);
    this.#entries.set(id, { held: entry.held, usedAt: this.#now() });
    return entry.held;
  }

  /** Holds a connection under a new id, in place of what the cookie stood for. Gives what was there and what is now. */
  hold(request: FastifyRequest, reply: FastifyReply, engine: EngineName, connect: ConnectRequest): HeldConnection {
    this.drop(request);
    const held = { connectionId: randomUUID(), engine, request: connect, connectedAt: this.#now() };
    // Never an id that the browser brought: somebody else may have put it there.
    const id = newId();
    this.#entries.set(id, { held, usedAt: this.#now() });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
    setCookie(request, reply, id);
    return held;
  }

  /** Forgets what the cookie stands for. Gives it, so that its sessions can be closed. */
  drop(request: FastifyRequest): HeldConnection | null {
    const id = cookieOf(request);
    const held = id === null ? null : (this.#entries.get(id)?.held ?? null);
    if (id !== null) {
      this.#entries.delete(id);
      this.#stale.delete(id);
    }
    return held;
  }

  /** Gives a browser without a cookie one, as DrawDB's server does with every answer. */
  greet(request: FastifyRequest, reply: FastifyReply): void {
    if (cookieOf(request) === null) setCookie(request, reply, newId());
  }

  #forget(): void {
    const now = this.#now();
    for (const [id, { held, usedAt }] of this.#entries) {
      if (usedAt + IDLE_MS > now && held.connectedAt + DAY_MS > now) continue;
      this.#entries.delete(id);
      this.#stale.add(id);
    }
    for (const id of this.#stale) if (this.#stale.size > MOST) this.#stale.delete(id);
  }
}

const newId = (): string => randomBytes(32).toString("base64url");

function cookieOf({ headers }: FastifyRequest): string | null {
  const id = headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[COOKIE];
  return id !== undefined && ID.test(id) ? id : null;
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  const secure = request.protocol === "https";
  const cookie = { name: COOKIE, value, path: "/", httpOnly: true, sameSite: "lax" as const, secure, maxAge: DAY_MS / 1000 };
  void reply.header("set-cookie", stringifySetCookie(cookie));
}
