/** A live database on its way in, step by step: where it is, which one, what of it, and what becomes of that. */
import { keptVerbatim } from "#shared/dialects/kit/import-run.ts";
import type { ChangeScript, Difference } from "#shared/drift/index.ts";
import { pick } from "#shared/edit/index.ts";
import type { Change, Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { Comparison } from "../../stores/comparison.svelte.ts";
import { type Connection, connectionName, type Connections, type Origin, type Secrets } from "../../stores/connections.svelte.ts";
import { LiveReading, type Reachable, reachable, readPolicy } from "../../stores/live.svelte.ts";
import type { Project } from "../../stores/project.svelte.ts";
import { allBut, qualifiedNames } from "./rows.ts";
import type { Taken } from "./taken.ts";

type Step = "form" | "paste" | "databases" | "reading" | "choose" | "comparing" | "drift" | "script";

const TITLES: Readonly<Partial<Record<Step, string>>> = {
  form: "Connect to a database",
  paste: "Paste what a query answers",
  databases: "Choose a database",
};

/** What was read, and where from in words; a pasted answer does not say which server it is of. */
interface Read {
  readonly schema: Schema;
  readonly problems: readonly Problem[];
  readonly said: string;
  readonly pasted: boolean;
}

/** What the dialog was opened with. */
export interface Connectable {
  readonly project: Project | null;
  readonly connections: Connections;
  /** Opened to compare: what is read goes beside the open design at once. */
  readonly comparing: boolean;
  readonly onopen: (taken: Taken) => Promise<void>;
  /** Takes changes into the open design; `origin` is where they come from. */
  readonly ontake: (changes: readonly Change[], origin: Origin | null) => Promise<void>;
}

/** One dialog's way from an address to a design; what a person types or ticks on the way is bound to its fields. */
export class Connecting {
  readonly #given: Connectable;
  readonly #origin: Origin | null;
  readonly reading: LiveReading;
  step = $state.raw<Step>("form");
  connection = $state.raw<Connection>({ dialect: "", host: "", port: "", user: "", database: "", tls: null });
  secrets = $state.raw<Secrets>({ password: "", ca: "" });
  namespaces = $state("");
  /** Tables and views that are chosen of what was read. */
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  /** Differences of which the database's side is taken. */
  theirs = $state.raw<ReadonlySet<string>>(new Set());
  #reachables = $state.raw<readonly Reachable[]>([]);
  #policy = $state.raw<Awaited<ReturnType<typeof readPolicy>> | "asking">("asking");
  #read = $state.raw<Read | null>(null);
  #finishing = $state(false);
  #comparison = $state.raw<Comparison | null>(null);
  #script = $state.raw<ChangeScript | null>(null);

  readonly reach = $derived(this.#reachables.find(({ id }) => id === this.connection.dialect) ?? null);
  /** Nothing here can connect: the server does not, or there is none. */
  readonly closed = $derived(this.#policy === "off" || this.#policy === "absent");
  readonly picked = $derived(this.#read ? pick(this.#read.schema, this.chosen) : null);
  readonly problems = $derived<readonly Problem[]>([
    ...(this.#read?.problems ?? []),
    ...(this.picked ? [...this.picked.problems, ...keptVerbatim(this.picked.value)] : []),
  ]);
  readonly #differences = $derived(this.#comparison ? this.#comparison.groups.flatMap(({ differences }) => differences) : []);
  /** The differences that are taken, with those that they need, and all others. */
  readonly needed = $derived<readonly Difference[]>(this.#comparison ? this.#comparison.taken(this.theirs) : []);
  readonly ours = $derived(this.#differences.filter((one) => !this.needed.includes(one)));

  constructor(given: Connectable) {
    const { project, connections } = given;
    this.#given = given;
    this.reading = new LiveReading(connections);
    this.#origin = project ? connections.origin(project.id) : null;
    this.connection = this.#origin?.connection ?? { ...this.connection, dialect: project?.schema.dialect ?? "postgres" };
  }

  get reachables(): readonly Reachable[] {
    return this.#reachables;
  }
  get policy(): Awaited<ReturnType<typeof readPolicy>> | "asking" {
    return this.#policy;
  }
  get read(): Read | null {
    return this.#read;
  }
  get finishing(): boolean {
    return this.#finishing;
  }
  get comparison(): Comparison | null {
    return this.#comparison;
  }
  get script(): ChangeScript | null {
    return this.#script;
  }
  get ready(): boolean {
    return this.reach !== null && this.connection.user.trim() !== "" && !this.closed;
  }
  get busy(): boolean {
    return this.reading.state !== "idle";
  }
  /** Can what was read go into the open design? */
  get fits(): boolean {
    const { project } = this.#given;
    return project !== null && !project.readOnly && this.#read?.schema.dialect === project.schema.dialect;
  }

  get title(): string {
    const place = this.#read?.pasted ? "the pasted answer" : connectionName(this.connection);
    if (this.step === "reading") return `Reading: ${place}`;
    if (this.step === "choose") return `What to take: ${place}`;
    return TITLES[this.step] ?? `${place} and ${this.#given.project?.name ?? "the design"}`;
  }

  /** Finds out what can be reached, and whether the server connects. */
  begin(): void {
    void reachable().then((found) => {
      this.#reachables = found;
      if (!found.some(({ id }) => id === this.connection.dialect))
        this.connection = { ...this.connection, dialect: found[0]?.id ?? "" };
    });
    void readPolicy().then((mode) => (this.#policy = mode));
  }

  end(): void {
    this.reading.cancel();
    this.#comparison?.stop();
  }

  async look(): Promise<boolean> {
    return this.reach !== null && (await this.reading.look(this.connection, this.reach.live.type, this.secrets)) !== null;
  }

  /** Reads the database that is named, or the only one there is; else there is a choice. */
  async go(): Promise<void> {
    if (!this.ready || this.busy) return;
    if (this.connection.database !== "") return this.readAll(this.connection.database);
    if (!(await this.look())) return;
    const [only, ...more] = this.reading.found?.databases ?? [];
    if (only !== undefined && more.length === 0) return this.readAll(only);
    this.step = "databases";
  }

  async readAll(database: string): Promise<void> {
    const { reach } = this;
    if (!reach) return;
    this.connection = { ...this.connection, database };
    this.step = "reading";
    const wanted = reach.live.namespaced ? this.namespaces.split(",").map((name) => name.trim()) : [];
    const found = await this.reading.read(this.connection, reach.live.type, this.secrets, wanted.filter(Boolean));
    if (!found) {
      this.step = "form";
      return;
    }
    const { engine, encrypted, milliseconds, schema, problems } = found;
    this.connection = { ...this.connection, dialect: schema.dialect };
    const said = `${engine} · ${encrypted ? "encrypted" : "not encrypted"} · read in ${Math.round(milliseconds).toLocaleString()} ms`;
    await this.#arrived({ schema, problems, said, pasted: false });
  }

  async pasted(schema: Schema, problems: readonly Problem[]): Promise<void> {
    await this.#arrived({ schema, problems, said: `${this.reach?.label ?? ""} · from a pasted answer`, pasted: true });
  }

  async #arrived(read: Read): Promise<void> {
    this.#read = read;
    this.chosen = allBut(read.schema, this.#origin ? this.#origin.left : []);
    this.step = "choose";
    if (this.#given.comparing && this.fits) await this.compare();
  }

  #left(): readonly string[] {
    return this.#read ? qualifiedNames(this.#read.schema, this.chosen) : [];
  }

  #from(): Origin | null {
    return this.#read?.pasted ? null : { connection: this.connection, left: this.#left() };
  }

  /** Puts what was read beside the open design. */
  async compare(): Promise<Comparison | null> {
    const { project } = this.#given;
    if (!project || !this.#read) return null;
    this.step = "comparing";
    const made = new Comparison(project);
    this.#comparison = made;
    this.theirs = new Set();
    await made.run(this.#read.schema, this.#left());
    if (made.state === "stopped") {
      this.step = "choose";
      return null;
    }
    this.step = "drift";
    return made;
  }

  /** Everything that differs in what is chosen, from the database. */
  async update(): Promise<void> {
    const made = await this.compare();
    if (made) await this.take(made.groups.flatMap(({ differences }) => differences));
  }

  async take(differences: readonly { readonly change: Change }[]): Promise<void> {
    this.#finishing = true;
    await this.#given.ontake(
      differences.map(({ change }) => change),
      this.#from(),
    );
  }

  /** SQL that brings the database to the design in what is not taken from it. */
  write(): void {
    this.#script = this.#comparison?.script(this.ours) ?? null;
    this.step = "script";
  }

  /** What is chosen as a design of its own. */
  async open(): Promise<void> {
    if (!this.#read || !this.picked) return;
    this.#finishing = true;
    const { schema, pasted } = this.#read;
    await this.#given.onopen({
      name: this.connection.database || (pasted ? (schema.namespaces[0]?.name ?? "Untitled") : this.connection.host),
      schema: this.picked.value,
      origin: this.#from(),
    });
  }
}
