/** The history of the open design: its versions on this device and on the server, compared, looked at, restored. */
import * as Y from "yjs";
import type { DesignDoc, Snapshot } from "#shared/doc/index.ts";
import { type Comparison, makeAgain } from "#shared/history/index.ts";
import { type Problem, problem, type Result } from "#shared/result/index.ts";
import type { VersionDatabase } from "../../storage/versions.ts";
import { type Comparer, openComparer } from "../../workers/history/client.ts";
import type { Project } from "../project.svelte.ts";
import type { Together } from "../together.svelte.ts";
import { DeviceVersions } from "./device.ts";
import { type Point, Points } from "./points.ts";
import { Recorder, type Why } from "./recorder.ts";
import { ServerVersions } from "./server.ts";
import type { Place, Source, Version } from "./source.ts";

export type { Point } from "./points.ts";
export type { Place, Version } from "./source.ts";

/** As much is read only to say in short what changed, and of so many versions. */
const SHORT_BYTES = 24 * 1024 * 1024;
const MOST_SHORTS = 60;

export class History {
  readonly project: Project;
  readonly #together: Together;
  readonly #comparer: Comparer = openComparer();
  readonly #device: DeviceVersions;
  readonly #recorder: Recorder;
  readonly #points: Points;
  #place = $state.raw<Place>("device");
  #versions = $state.raw<readonly Version[]>([]);
  #loading = $state.raw(false);
  #problem = $state.raw<Problem | null>(null);
  #lost = $state.raw<Problem | null>(null);
  #shorts = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** Which version was the one before when that was said; it may have given way since. */
  readonly #since = new Map<string, string>();
  #filling = new AbortController();
  #asked = 0;
  #listed = false;

  constructor(project: Project, together: Together, database: VersionDatabase) {
    this.project = project;
    this.#together = together;
    this.#device = new DeviceVersions(database, this.#comparer, project.id);
    this.#recorder = new Recorder({
      doc: project.doc,
      me: this.#me,
      nameOf: (client) => together.others.find((other) => other.client === client)?.name ?? null,
      keep: async (moment) => {
        const kept = await this.#device.keep(moment);
        this.#lost = kept.ok ? null : kept.problem;
        if (this.#listed && this.#place === "device") await this.show("device");
      },
      whenIdle: (run) => void requestIdleCallback(run, { timeout: 5_000 }),
    });
    this.#points = new Points(project.doc, this.#comparer, (place) => this.#source(place));
    document.addEventListener("visibilitychange", this.#look);
  }

  readonly #me = (): string => (this.#together.person.asked ? this.#together.person.name : "");
  readonly #look = (): void => {
    if (document.visibilityState === "hidden") this.#recorder.hidden();
  };

  /** Takes a first version, or one of what was edited after the last. `updated`: when the design was last edited on this device. */
  async begin(updated: number): Promise<void> {
    const listed = await this.#device.list();
    const last = listed.ok ? listed.value.at(-1) : undefined;
    if (listed.ok && (last === undefined || last.at < updated)) await this.#recorder.take(last ? "pause" : "first");
  }

  /** Keeps what the design is before something large is done to it. */
  before(why: Why): void {
    void this.#recorder.take(why);
  }

  /** Where the versions are that are listed. */
  get place(): Place {
    return this.#place;
  }
  /** True where the design is shared, so that the server has versions too. */
  get isShared(): boolean {
    return this.#together.room !== null;
  }
  /** True where the server can be asked for them. */
  get isOnline(): boolean {
    const { status } = this.#together;
    return status !== null && status.kind !== "offline" && status.kind !== "ended";
  }
  /** Newest first. */
  get versions(): readonly Version[] {
    return this.#versions;
  }
  get loading(): boolean {
    return this.#loading;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** Why the last version that was taken by itself could not be kept. */
  get lost(): Problem | null {
    return this.#lost;
  }
  /** What changed in a version since the one before, in short; by its key. */
  get shorts(): ReadonlyMap<string, string> {
    return this.#shorts;
  }
  get mayName(): boolean {
    return this.#source(this.#place).mayName;
  }
  get mayRemove(): boolean {
    return this.#source(this.#place).mayRemove;
  }
  /** Edits of this person that the server does not have yet: what is named there would lack them. */
  get waiting(): number {
    const { status } = this.#together;
    return this.#place === "device" || status === null || status.kind === "synced" ? 0 : Math.max(1, status.waiting);
  }

  #server(): ServerVersions | null {
    const { room } = this.#together;
    return room && new ServerVersions(room);
  }

  #source(place: Place): Source {
    return (place === "server" ? this.#server() : null) ?? this.#device;
  }

  /** Lists the versions of a place, until `stop`. */
  async show(place: Place): Promise<void> {
    this.#filling.abort();
    this.#listed = true;
    const asked = (this.#asked += 1);
    if (place !== this.#place) this.#versions = [];
    this.#place = place === "server" && this.isShared ? "server" : "device";
    this.#loading = true;
    const listed = await this.#source(this.#place).list();
    if (asked !== this.#asked) return;
    this.#loading = false;
    this.#problem = listed.ok ? null : listed.problem;
    this.#versions = listed.ok ? [...listed.value].reverse() : [];
    void this.#fill(this.#versions, (this.#filling = new AbortController()).signal);
  }

  /** Nobody looks at the list any more. */
  stop(): void {
    this.#listed = false;
    this.#filling.abort();
  }

  /** Says of one version after the other what changed in it, the newest first. */
  async #fill(versions: readonly Version[], signal: AbortSignal): Promise<void> {
    let read = 0;
    for (const [at, version] of versions.slice(0, MOST_SHORTS).entries()) {
      const before = versions[at + 1];
      if (!before || this.#since.get(version.key) === before.key) continue;
      const compared = await this.compare(before, version);
      read += this.#points.sizeOf(version);
      if (compared.ok) {
        this.#since.set(version.key, before.key);
        this.#shorts = new Map([...this.#shorts, [version.key, compared.value.short]]);
      } else if (compared.problem.code !== "version.unreadable") {
        // A server that does not answer is not asked for the next one.
        return;
      }
      if (signal.aborted || read > SHORT_BYTES) return;
    }
  }

  /** What changed from one point to another. */
  compare(before: Point, after: Point): Promise<Result<Comparison>> {
    return this.#points.compare(before, after);
  }

  /** The design of a version, apart from the open one. */
  open(version: Version): Promise<Result<DesignDoc>> {
    return this.#points.open(version);
  }

  /** Makes the design what it was, as one undo step named `label`; others see an edit. */
  async restore(version: Version, label: string): Promise<Problem | null> {
    const opened = await this.open(version);
    if (!opened.ok) return opened.problem;
    const { snapshot } = opened.value;
    opened.value.close();
    if (snapshot.readOnly) return unfit(snapshot);
    this.before("restore");
    const { project } = this;
    project.together(label, () =>
      makeAgain(
        {
          standing: () => project.standing(),
          apply: (changes) => project.apply(changes, label),
          redraw: (diagram) => project.redraw(diagram, label),
          rename: (name) => project.rename(name),
        },
        snapshot,
      ),
    );
    return null;
  }

  /** Names what the design is now, in the place that is listed. */
  async name(name: string): Promise<Problem | null> {
    const server = this.#place === "server" ? this.#server() : null;
    const state = Y.encodeStateAsUpdate(this.project.doc);
    const me = this.#me();
    return this.#then(server ? server.name(name, me) : this.#device.keep({ state, why: "named", authors: [me] }, name));
  }

  rename(version: Version, name: string | null): Promise<Problem | null> {
    return this.#then(this.#source(version.place).rename(version.id, name));
  }

  remove(version: Version): Promise<Problem | null> {
    return this.#then(this.#source(version.place).remove(version.id));
  }

  async #then(work: Promise<Result<null>>): Promise<Problem | null> {
    const done = await work;
    if (done.ok) await this.show(this.#place);
    return done.ok ? null : done.problem;
  }

  /** Takes what was edited last; to be called before the document goes. */
  async close(): Promise<void> {
    this.stop();
    document.removeEventListener("visibilitychange", this.#look);
    this.#points.close();
    await this.#recorder.close();
    this.#comparer.close();
  }
}

/** Why a version of another format cannot be restored: reading it said so. */
const unfit = ({ problems }: Snapshot): Problem => problems[0] ?? problem("version.unreadable", "error");
