/**
 * The one door to live databases: checks the target, counts the caller, heeds the breaker, opens or takes up a session, and makes
 * failures alike. Credentials stay in memory, in the request and in the session.
 */
import { createHmac, randomBytes, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, problem, type Result } from "#shared/result/index.ts";
import { type Engine, MAIN, type Way } from "../engines.ts";
import type { DatabaseSettings } from "../settings.ts";
import { resolveTarget } from "../target/resolve.ts";
import { Breakers } from "./breaker.ts";
import { Callers } from "./callers.ts";
import { unreachable } from "./failure.ts";
import { Pool } from "./pool.ts";
import type { LiveSession, Login } from "./session.ts";
import { defaultTls } from "./tls.ts";

export interface ConnectRequest {
  readonly engine: Engine;
  readonly host: string;
  /** Null for what is not on the network. */
  readonly port: number | null;
  /** TLS null: what fits the distance. */
  readonly login: Omit<Login, "tls"> & { readonly tls: Login["tls"] | null };
}

/** Who asks, and the signal that they are gone. */
export interface Caller {
  readonly address: string;
  readonly gone: AbortSignal;
  /** Told why a target was refused, without credentials. */
  readonly log: (details: Readonly<Record<string, string | number>>, message: string) => void;
}

type ServerWay = Extract<Way, { readonly kind: "server" }>;

/** The target as its person knows it. */
const placeOf = ({ host, port, engine }: ConnectRequest): string => `${host}:${String(port ?? engine.way.port)}`;

/** SQLSTATEs and numbers of servers that are just starting or have no connection free: tried once more. */
const MOMENTARY = new Set(["57P03", "53300", "1040"]);
const RETRY_MS = 300;

export class Connector {
  readonly #settings: DatabaseSettings;
  readonly #pool: Pool;
  readonly #breakers: Breakers;
  readonly #callers: Callers;
  readonly #secret = randomBytes(32);

  constructor(settings: DatabaseSettings) {
    this.#settings = settings;
    this.#pool = new Pool(settings.idleMs);
    this.#breakers = new Breakers(settings.now);
    this.#callers = new Callers(settings.callers, settings.now);
  }

  /** Runs `work` on a session. A session that had waited and turns out to be dead is replaced once: nothing is ever written. */
  async use<T>(request: ConnectRequest, caller: Caller, work: (session: LiveSession) => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#settings.policy.mode === "off") return fail(problem("live.off", "error"));
    const end = this.#callers.begin(caller.address);
    if (typeof end !== "function") return fail(problem("live.busy", "error", { seconds: end.seconds }));
    try {
      const key = this.#keyOf(request);
      const waiting = this.#pool.take(key);
      if (waiting) {
        const result = await this.#run(key, waiting, work);
        if (result.ok || result.problem.code !== "live.lost" || caller.gone.aborted) return result;
      }
      const opened = await this.#open(request, caller);
      return opened.ok ? await this.#run(key, opened.value, work) : opened;
    } finally {
      end();
    }
  }

  /** Closes sessions that wait with the request's credentials. */
  forget(request: ConnectRequest): void {
    this.#pool.drop(this.#keyOf(request));
  }

  close(): void {
    this.#pool.close();
  }

  async #run<T>(key: string, session: LiveSession, work: (session: LiveSession) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work(session);
    } finally {
      this.#pool.put(key, session);
    }
  }

  async #open(request: ConnectRequest, caller: Caller): Promise<Result<LiveSession>> {
    const { way } = request.engine;
    const { sqliteFolder, limits } = this.#settings;
    return way.kind === "file"
      ? way.open(sqliteFolder, request.login.database ?? MAIN, limits)
      : this.#connect(request, way, caller);
  }

  async #connect(request: ConnectRequest, way: ServerWay, caller: Caller): Promise<Result<LiveSession>> {
    const place = placeOf(request);
    const full = this.#callers.connect(caller.address);
    if (full) return fail(problem("live.busy", "error", { seconds: full.seconds }));
    const attempt = this.#breakers.attempt(place.toLowerCase());
    if (typeof attempt === "number") {
      return fail(problem("live.paused", "error", { target: place, seconds: Math.ceil(attempt / 1000) }));
    }
    const started = this.#settings.now();
    const opened = await this.#try(request, way, caller).catch((error: unknown) => {
      attempt.abandoned();
      throw error;
    });
    if (opened.ok || opened.problem.code !== "live.unreachable") {
      attempt.succeeded();
      return opened;
    }
    if (caller.gone.aborted) attempt.abandoned();
    else attempt.failed();
    const spent = this.#settings.now() - started;
    const even = this.#settings.failureMs * (1 + randomInt(25) / 100);
    await sleep(Math.max(0, even - spent), undefined, { signal: caller.gone }).catch(() => undefined);
    return opened;
  }

  async #try(request: ConnectRequest, { open, port: usual }: ServerWay, caller: Caller): Promise<Result<LiveSession>> {
    const { engine, host, login } = request;
    const { policy, resolver, limits } = this.#settings;
    const port = request.port ?? usual;
    const target = await resolveTarget(host, port, policy, resolver);
    if ("refused" in target) {
      caller.log({ host, port, why: target.refused }, "a database target was refused");
      return fail(unreachable(engine.label, placeOf(request)));
    }
    const whole: Login = { ...login, tls: login.tls ?? defaultTls(target) };
    const opened = await open(target, whole, limits, caller.gone);
    if (opened.ok || !MOMENTARY.has(String(opened.problem.params["code"]))) return opened;
    await sleep(RETRY_MS, undefined, { signal: caller.gone }).catch(() => undefined);
    return open(target, whole, limits, caller.gone);
  }

  /** Sessions are found again by all that opened them; the key tells nothing of it. */
  #keyOf({ engine, host, port, login }: ConnectRequest): string {
    return createHmac("sha256", this.#secret)
      .update(JSON.stringify([engine.label, host, port, login.user, login.password, login.database, login.tls, login.ca]))
      .digest("hex");
  }
}
