/** A proof from its turn in the line to the last database that is dropped. */
import type { ScratchAnswer, ScratchEvent } from "#shared/api/scratch.ts";
import { dialects } from "#shared/dialects/index.ts";
import { fail, ok, problem, type Problem, type Result, sentence } from "#shared/result/index.ts";
import { deadlineOf, type Deadline } from "../deadline.ts";
import type { Caller } from "../live/connector.ts";
import { openMysql } from "../live/mysql.ts";
import { refusal, rowsOn } from "../live/mysql-link.ts";
import { Line } from "./line.ts";
import { clear, close, lock, openPlace, sweep } from "./place.ts";
import { TextRun } from "./run.ts";
import type { Log, Scratchpad, ScratchServer } from "./server.ts";

/** How long what is known of the server is good for, milliseconds. */
const KNOWN_MS = 60_000;

type Tell = (event: ScratchEvent) => void;

/** The dialects whose files a server of this one runs: those that are reached in the same way. */
async function related(id: string): Promise<readonly string[]> {
  const all = Object.values(dialects);
  const types = new Map(await Promise.all(all.map(async (one) => [one.id, (await one.live?.())?.type ?? null] as const)));
  return all.filter((one) => one.scratch !== null && types.get(one.id) === types.get(id)).map((one) => one.id);
}

const gone = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

export class Prover {
  readonly #server: ScratchServer;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #line = new Line();
  #known: { readonly answer: Promise<ScratchAnswer>; readonly at: number } | null = null;

  constructor(server: ScratchServer, log: Log, now: () => number) {
    this.#server = server;
    this.#log = log;
    this.#now = now;
  }

  /** What files can be proved on; the server is asked once in a while, for all that ask meanwhile. */
  async status(): Promise<ScratchAnswer> {
    const now = this.#now();
    if (!this.#known || now - this.#known.at >= KNOWN_MS) this.#known = { answer: this.#ask(), at: now };
    return this.#known.answer;
  }

  async #ask(): Promise<ScratchAnswer> {
    const opened = await this.#server.open(null);
    if (!opened.ok) return { state: "failed", error: sentence(opened.problem) };
    const { link, engine, dialect } = opened.value;
    await close(link);
    return { state: "ready", engine, dialects: await related(dialect.id) };
  }

  /** Drops what a server that ended suddenly has left. */
  async tidy(): Promise<void> {
    const opened = await this.#server.open(null);
    if (!opened.ok) return;
    const { link, scratch } = opened.value;
    // Where another server of ours is at work it sweeps by itself.
    if (await lock(link, 0)) await sweep(link, scratch.stem);
    await close(link);
  }

  async prove(texts: readonly string[], caller: Caller, tell: Tell): Promise<Result<{ readonly engine: string }>> {
    const alone = this.#line.empty;
    const turn = this.#line.enter(caller.address);
    if (!turn) return fail(problem("scratch.busy", "error"));
    try {
      if (!alone) tell({ kind: "progress", phase: "waiting" });
      await Promise.race([turn.come, gone(caller.gone)]);
      if (caller.gone.aborted) return fail(problem("live.cancelled", "error"));
      return await this.#inTurn(texts, caller, tell);
    } finally {
      turn.leave();
    }
  }

  async #inTurn(texts: readonly string[], caller: Caller, tell: Tell): Promise<Result<{ readonly engine: string }>> {
    const deadline = deadlineOf(caller.gone, this.#server.limits.totalMs);
    try {
      tell({ kind: "progress", phase: "connecting" });
      const opened = await this.#server.open(deadline.signal);
      if (!opened.ok) {
        this.#known = null;
        return opened;
      }
      return await this.#onPad(opened.value, texts, deadline, tell);
    } finally {
      deadline.clear();
    }
  }

  async #onPad(
    pad: Scratchpad,
    texts: readonly string[],
    deadline: Deadline,
    tell: Tell,
  ): Promise<Result<{ readonly engine: string }>> {
    const cut = (): void => void pad.link.stream.destroy();
    deadline.signal.addEventListener("abort", cut, { once: true });
    let whole = false;
    try {
      deadline.signal.throwIfAborted();
      const locked = await lock(pad.link);
      const kept = locked ? await this.#texts(pad, texts, deadline.signal, tell) : problem("scratch.busy", "error");
      await close(pad.link);
      whole = true;
      return kept ? fail(kept) : ok({ engine: pad.engine });
    } catch (error) {
      if (deadline.late()) return fail(problem("scratch.timeout", "error", this.#time(pad)));
      if (deadline.signal.aborted) return fail(problem("live.cancelled", "error"));
      this.#log({ why: String(error) }, "the scratch server was lost");
      return fail(problem("live.lost", "error", { engine: pad.engine }));
    } finally {
      deadline.signal.removeEventListener("abort", cut);
      if (!whole) await this.#clear(pad);
    }
  }

  #time({ engine }: Scratchpad) {
    return { engine, seconds: Math.round(this.#server.limits.totalMs / 1000) };
  }

  async #clear(pad: Scratchpad): Promise<void> {
    await clear(pad).catch((error: unknown) => {
      this.#log({ why: String(error) }, "databases may be left on the scratch server; the next proof or start drops them");
    });
  }

  /** With the lock held. Gives what kept it from being done; nothing is left of it. */
  async #texts(pad: Scratchpad, texts: readonly string[], signal: AbortSignal, tell: Tell): Promise<Problem | null> {
    const { limits } = this.#server;
    await sweep(pad.link, pad.scratch.stem);
    for (const setting of settings(pad, limits)) await rowsOn(pad.link)(setting);
    // One moment for all texts, where it may be set: an event begins at the one at which it is made, and says so.
    const moment = String(Math.floor(Date.now() / 1000));
    await rowsOn(pad.link)(`SET SESSION timestamp = ${moment}`).catch((error: unknown) => {
      if (!refusal(error)) throw error;
    });
    const reading = await openMysql(pad.target, pad.login, limits, signal);
    if (!reading.ok) return reading.problem;
    try {
      for (const [at, text] of texts.entries()) {
        pad.link.stream.allow(limits.bytes);
        const run = new TextRun(pad, openPlace(pad), at, tell);
        await run.all(text);
        const ran = await run.read(reading.value, limits.tables, signal);
        await sweep(pad.link, pad.scratch.stem);
        if (!ran.ok) return ran.problem;
        tell(ran.value);
      }
    } finally {
      reading.value.close();
    }
    return null;
  }
}

function settings(pad: Scratchpad, { statementMs, lockMs, totalMs }: ScratchServer["limits"]): readonly string[] {
  const seconds = (milliseconds: number): string => String(Math.ceil(milliseconds / 1000));
  return [
    `SET SESSION lock_wait_timeout = ${seconds(lockMs)}`,
    `SET SESSION wait_timeout = ${seconds(totalMs)}`,
    ...(pad.timed ? [`SET SESSION max_statement_time = ${seconds(statementMs)}`] : []),
  ];
}
