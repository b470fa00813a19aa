/** What a killed or stopped server keeps, whatever it keeps rooms in: every edit that anyone was shown. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { CreatedRoom } from "#shared/api/rooms.ts";
import { CLOSE } from "#shared/api/sync.ts";
import { killProcess, type ServerProcess } from "./relay-process.ts";
import { makeRoom, pause, RawClient, tokenOf, until } from "./rooms.ts";

/** A place that survives the server, and a server on it. */
export interface Place {
  readonly start: () => Promise<ServerProcess>;
  /** Hears that a server of this place ended as it should. */
  readonly ended?: () => Promise<void>;
}

/** A client that writes at a rate and remembers which of its edits came back. */
export class Writer {
  readonly doc = new Y.Doc();
  readonly client: RawClient;
  readonly echoed: Uint8Array[] = [];
  #at = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(address: string, room: string, token: string, name: string) {
    this.client = new RawClient(address, room, token);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "remote") this.client.update(update);
    });
    this.name = name;
  }

  readonly name: string;

  write(): void {
    this.doc.getMap("m").set(`${this.name}.${String((this.#at += 1))}`, this.#at);
  }

  start(perSecond: number): void {
    this.#timer = setInterval(() => {
      this.write();
    }, 1_000 / perSecond);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  die(): void {
    this.stop();
    this.client.close();
  }
}

/** What updates make of the map that tests write to. */
export const mapOf = (updates: readonly Uint8Array[]): Record<string, unknown> => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getMap("m").toJSON();
};

/** Declares the tests; `place` makes a new place for each. `tries` of each way to die; `npm run soak` makes more. */
export function crashSuite(place: (what: string) => Promise<Place>, tries = 3): void {
  const TRIES = Number(process.env.KILLS ?? tries);
  describe("kill -9 while four people write 50 edits a second and die too", () => {
    it("loses no edit that any of them, or anyone watching, was shown", async () => {
      let [shown, lost] = [0, 0];
      const { start } = await place("die");
      let made: CreatedRoom | null = null;
      const before: Uint8Array[] = [];
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const running = await start();
        made ??= await makeRoom(running.address);
        const token = await tokenOf(running.address, made, "edit");
        const room = made.room;
        const writers = ["a", "b", "c", "d"].map((name) => new Writer(running.address, room, token, `${name}${String(attempt)}`));
        const watcher = new RawClient(running.address, room, await tokenOf(running.address, made, "view"));
        await Promise.all([...writers.map(({ client }) => client.opened()), watcher.opened()]);
        for (const writer of writers) writer.start(50);
        await pause(300 + Math.random() * 500);
        running.child.kill("SIGKILL");
        for (const writer of writers) writer.die();
        await running.ended;
        const seen = [...writers.flatMap(({ client }) => client.updates), ...watcher.updates];
        watcher.close();
        before.push(...seen);
        const again = await start();
        const reader = await new RawClient(again.address, room, await tokenOf(again.address, made, "view")).opened();
        const kept = mapOf([await reader.state()]);
        const keys = Object.keys(mapOf(before));
        shown += Object.keys(mapOf(seen)).length;
        lost += keys.filter((key) => !(key in kept)).length;
        reader.close();
        await killProcess(again);
      }
      console.log(`${String(TRIES)} kills with dying clients: ${String(shown)} edits shown, ${String(lost)} lost`);
      expect(shown).toBeGreaterThan(TRIES * 20);
      expect(lost).toBe(0);
    });
  });

  describe("an edit that waits for another", () => {
    it("survives a restart, and takes effect when the other comes", async () => {
      const { start } = await place("order");
      const first = await start();
      const made = await makeRoom(first.address);
      const doc = new Y.Doc();
      const parts: Uint8Array[] = [];
      doc.on("update", (update: Uint8Array) => parts.push(update));
      for (const key of ["a", "b", "c"]) doc.getMap("m").set(key, key);
      const writer = await new RawClient(first.address, made.room, await tokenOf(first.address, made, "edit")).opened();
      writer.update(parts[2] ?? new Uint8Array());
      await until(() => writer.updates.length > 0, "the echo");
      first.child.kill("SIGTERM");
      expect(await first.ended).toBe(0);
      const second = await start();
      const late = await new RawClient(second.address, made.room, await tokenOf(second.address, made, "edit")).opened();
      expect(mapOf([await late.state()])).toEqual({});
      late.update(parts[0] ?? new Uint8Array());
      late.update(parts[1] ?? new Uint8Array());
      await until(() => Object.keys(mapOf(late.updates)).length === 3, "all three");
      await killProcess(second);
    });
  });

  describe("SIGTERM under load", () => {
    it("keeps all it showed, tells everyone to come back, and ends within 5 s", async () => {
      const { start, ended } = await place("term");
      const running = await start();
      const rooms = await Promise.all(Array.from({ length: 10 }, () => makeRoom(running.address)));
      const writers = await Promise.all(
        rooms.map(
          async (made, at) => new Writer(running.address, made.room, await tokenOf(running.address, made, "edit"), String(at)),
        ),
      );
      await Promise.all(writers.map(({ client }) => client.opened()));
      for (const writer of writers) writer.start(50);
      await pause(1_000);
      const started = performance.now();
      running.child.kill("SIGTERM");
      expect(await running.ended).toBe(0);
      const took = performance.now() - started;
      for (const writer of writers) writer.stop();
      console.log(`SIGTERM under load: ended after ${took.toFixed(0)} ms`);
      expect(took).toBeLessThan(5_000);
      for (const { client } of writers) expect(await client.closed()).toBe(CLOSE.restarting);
      await ended?.();
      const again = await start();
      for (const [at, made] of rooms.entries()) {
        const reader = await new RawClient(again.address, made.room, await tokenOf(again.address, made, "view")).opened();
        const kept = mapOf([await reader.state()]);
        const shown = mapOf(writers[at]?.client.updates ?? []);
        expect(Object.keys(shown).length).toBeGreaterThan(10);
        for (const key of Object.keys(shown)) expect(kept).toHaveProperty([key]);
        reader.close();
      }
      await killProcess(again);
    });
  });
}
