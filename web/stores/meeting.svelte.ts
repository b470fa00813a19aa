/**
 * What was done apart, and what came of it when people met again: the state they were last together at is kept before the first edit
 * that the server cannot be told of, and when the server tells what it has, the two sides are compared. Loaded with the first room.
 */
import * as Y from "yjs";
import { type Choice, collide, type Collision, describe, settle, touched } from "#shared/merge/index.ts";
import { lookup, type Schema } from "#shared/model/index.ts";
import { type ApartDatabase, type MergeReport, openApart, type Share } from "../storage/apart.ts";
import { readTheirs, type Theirs } from "../sync/apart.ts";
import type { DesignDatabase } from "../storage/database.ts";
import type { SyncStatus } from "../sync/status.ts";
import type { Project } from "./project.svelte.ts";

type Design = Pick<Project, "id" | "doc" | "schema" | "dialect" | "readOnly" | "apply">;
/** The room as it stands. */
interface Room {
  readonly status: SyncStatus | null;
}

export class Meeting {
  readonly #project: Design;
  readonly #room: Room;
  /** Everyone who was here since the design was opened, by their client. */
  readonly #names = new Map<number, string>();
  #database: ApartDatabase | null = null;
  #base: Uint8Array | null = null;
  #report = $state.raw<MergeReport | null>(null);

  private constructor(project: Design, room: Room) {
    this.#project = project;
    this.#room = room;
    project.doc.on("beforeTransaction", this.#before);
  }

  /** Reads what is kept of an earlier visit. Where the browser keeps nothing, this visit alone is reported on. */
  static async open(project: Design, designs: Pick<DesignDatabase, "get">, room: Room): Promise<Meeting> {
    const meeting = new Meeting(project, room);
    meeting.#database = await openApart().catch(() => null);
    const kept = await meeting.#database?.get(project.id).catch(() => null);
    // The older of the two states: an edit may have been made while it was read.
    meeting.#base = kept?.base ?? meeting.#base;
    meeting.#report = kept?.report ?? null;
    const exists = async (id: string): Promise<boolean> => (await designs.get(id)) !== null;
    void meeting.#database?.keepOnly(exists).catch(() => undefined);
    return meeting;
  }

  get report(): MergeReport | null {
    return this.#report;
  }

  /** How many collisions are not settled. */
  get unsettled(): number {
    const { collisions, settled } = this.#report ?? { collisions: [], settled: {} };
    return collisions.filter(({ key }) => !(key in settled)).length;
  }

  /** An edit of this tab, while the server does not hear every edit at once; another tab keeps what it edits itself. */
  readonly #before = (transaction: Y.Transaction, doc: Y.Doc): void => {
    const kind = this.#room.status?.kind;
    if (this.#base !== null || !transaction.local || kind === "synced" || kind === "sending" || this.#project.readOnly) return;
    this.#base = Y.encodeStateAsUpdate(doc);
    void this.#database?.begin(this.#project.id, this.#base).catch(() => undefined);
  };

  #keep(): void {
    const { id } = this.#project;
    void this.#database?.put({ design: id, base: this.#base, report: this.#report }).catch(() => undefined);
  }

  /** The server is about to tell what this device lacks; what is given back is to be called when the design has it. */
  meets(update: Uint8Array): () => void {
    const base = this.#base;
    const mine = this.#project.schema;
    this.#base = null;
    if (base === null) return () => undefined;
    return () => {
      const merged = this.#project.schema;
      this.#take(readTheirs(base, update), mine, merged);
      this.#keep();
    };
  }

  #take(theirs: Theirs, mine: Schema, merged: Schema): void {
    const { base, schema } = theirs;
    const own = touched(base, mine);
    const others = touched(base, schema);
    const found = collide({ base, mine, theirs: schema, merged });
    // Only where there is something to say.
    if (own.length === 0 || (others.length === 0 && found.length === 0)) return;
    const before = this.#report;
    const left = before?.collisions.filter(({ key }) => !(key in before.settled) && !found.some((one) => one.key === key)) ?? [];
    this.#report = {
      at: Date.now(),
      mine: own.map(({ name }) => name),
      others: this.#shares(theirs, others),
      collisions: [...found, ...left],
      settled: {},
      seen: false,
    };
  }

  /** Who changed which tables. Of one other person everything is theirs; else what nobody is known to have written is nobody's. */
  #shares({ writers, clients, schema }: Theirs, tables: ReturnType<typeof touched>): readonly Share[] {
    const [only, ...more] = clients;
    const find = lookup(schema);
    const all = new Map<number | null, Set<string>>();
    const add = (client: number | null, table: string): void => {
      all.set(client, (all.get(client) ?? new Set()).add(table));
    };
    for (const { id, name } of tables) {
      const outgoing = find.outgoing(id as never).flatMap((key) => [...(writers.get(key.id) ?? [])]);
      const wrote = [...(writers.get(id) ?? []), ...outgoing];
      if (only !== undefined && more.length === 0) add(only, name);
      else if (wrote.length === 0) add(null, name);
      else for (const client of wrote) add(client, name);
    }
    return [...all].map(([client, names]) => ({
      client,
      name: client === null ? "" : this.#nameOf(client),
      tables: [...names],
    }));
  }

  #nameOf(client: number): string {
    return this.#names.get(client) ?? "";
  }

  /** Those who are here now: the report may say who it was. */
  learn(here: readonly { readonly client: number; readonly name: string }[]): void {
    for (const { client, name } of here) this.#names.set(client, name);
    const report = this.#report;
    if (!report) return;
    const others = report.others.map((share) => {
      const name = share.client === null || share.name !== "" ? "" : this.#nameOf(share.client);
      return name === "" ? share : { ...share, name };
    });
    if (others.every((share, at) => share === report.others[at])) return;
    this.#report = { ...report, others };
    this.#keep();
  }

  /** The others, to stand in a sentence. */
  get them(): string {
    const names = [...new Set((this.#report?.others ?? []).map(({ name }) => name))];
    if (names.length === 0 || names.includes("")) return names.length > 1 ? "the others" : "someone else";
    return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
  }

  /** Settles a collision: an edit like any other, which undo takes back. */
  settle(collision: Collision, choice: Choice): void {
    const project = this.#project;
    if (!this.#report || project.readOnly) return;
    const label = describe(collision, this.them).choices.find((one) => one.choice === choice)?.label ?? "Settle";
    project.apply(settle(collision, choice, project.schema, project.dialect), label);
    this.#report = { ...this.#report, settled: { ...this.#report.settled, [collision.key]: choice } };
    this.#keep();
  }

  /** It was looked at: it does not come forward again. */
  see(): void {
    if (!this.#report || this.#report.seen) return;
    this.#report = { ...this.#report, seen: true };
    this.#keep();
  }

  dismiss(): void {
    this.#report = null;
    this.#keep();
  }

  close(): void {
    this.#project.doc.off("beforeTransaction", this.#before);
  }
}
