/** One import, from bytes to a design: recognised, run in its engine, laid out, stored. */
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { ImportProgress } from "#shared/dialects/dialect.ts";
import { fail, problem, type Problem, type Report, type Result } from "#shared/result/index.ts";
import type { Designs } from "../stores/designs.svelte.ts";
import { openClient } from "../stores/engines.ts";
import type { Project } from "../stores/project.svelte.ts";
import type { Settings } from "../stores/settings.svelte.ts";
import type { Definitions } from "../workers/database.ts";
import { makeDesign } from "../workers/designs/client.ts";
import { kindOf, readText, readTexts } from "../workers/formats/client.ts";
import { type Parcel, unpack } from "../workers/parcel.ts";
import { bringUp } from "./landing.ts";

const HEAD = 64 * 1024;
const DATABASE_FILE = "SQLite format 3\0";
const MOST_MB = 200;

export interface Source {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** Several texts of a format that are one design. */
export interface Texts {
  readonly name: string;
  readonly kind: string;
  /** By their paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** What the design is called where they do not say it; empty: as its main file. */
  readonly title: string;
}

/** How a source is read. */
export interface ReadAs {
  /** What a person says it is, a dialect's SQL or a format; null to recognise it. */
  readonly kind: string | null;
  /** For which database a text of a format is read; null: the one that it names. */
  readonly dialect: string | null;
  /** Its rows are tried too. */
  readonly rows: boolean;
  /** Which of several texts is the main one, empty for none; null to find out. */
  readonly main: string | null;
}

interface Read {
  readonly name: string;
  readonly parcel: Parcel;
}

export class Importing {
  readonly name: string;
  readonly size: number;
  readonly #blob: Blob;
  readonly #several: Texts | null;
  readonly #designs: Designs;
  readonly #settings: Pick<Settings, "importDialect">;
  #abort = new AbortController();
  #state = $state.raw<"running" | "done" | "failed">("running");
  #progress = $state.raw<ImportProgress | null>(null);
  #problems = $state.raw<readonly Problem[]>([]);
  #read = $state.raw<Read | null>(null);
  #kind = $state.raw<string | null>(null);
  #named = $state.raw<string | null>(null);
  #rows = $state.raw(false);
  #main = $state.raw("");
  #mains = $state.raw<readonly string[]>([]);

  constructor(source: Source | Texts, designs: Designs, settings: Pick<Settings, "importDialect">) {
    this.name = source.name;
    this.#several = "texts" in source ? source : null;
    // Kept, so that it can be read again otherwise: what goes to a worker is gone from here.
    this.#blob = new Blob("texts" in source ? [] : [source.bytes]);
    this.size = this.#blob.size;
    this.#designs = designs;
    this.#settings = settings;
  }

  get state(): "running" | "done" | "failed" {
    return this.#state;
  }
  get progress(): ImportProgress | null {
    return this.#progress;
  }
  get problems(): readonly Problem[] {
    return this.#problems;
  }
  get counts(): Parcel["counts"] {
    return this.#read?.parcel.counts ?? [];
  }
  /** What it is read as: the id of a dialect or a format; null for what is no text. */
  get kind(): string | null {
    return this.#kind;
  }
  /** For which database a text of a format was read; null while it is not read, and for other kinds. */
  get dialect(): string | null {
    return this.#named;
  }
  /** Were its rows tried? */
  get rows(): boolean {
    return this.#rows;
  }

  /** The main one of several texts; empty where all of them are one. */
  get main(): string {
    return this.#main;
  }
  /** Those of several texts that may be the main one. */
  get mains(): readonly string[] {
    return this.#mains;
  }

  cancel(): void {
    this.#abort.abort();
  }

  async run({ kind, dialect, rows, main }: ReadAs): Promise<void> {
    this.cancel();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#state = "running";
    this.#progress = null;
    this.#read = null;
    this.#problems = [];
    this.#rows = rows;
    const { name, size } = this;
    if (this.#several) return this.#texts(this.#several, { main, dialect }, signal);
    if (size > MOST_MB * 1024 * 1024)
      return this.#fail([problem("input.too-large", "error", { name, size: Math.ceil(size / 1024 / 1024), limit: MOST_MB })]);
    const head = await this.#blob.slice(0, HEAD).arrayBuffer();
    const isFile = new TextDecoder().decode(head.slice(0, DATABASE_FILE.length)) === DATABASE_FILE;
    const found = isFile ? "sqlite" : (kind ?? (await kindOf(head, name, this.#settings.importDialect, signal)));
    if (signal.aborted) return;
    if (found === null)
      return this.#fail([problem("input.unrecognised", "error", { name, why: "its kind could not be told. Try again." })]);
    this.#kind = isFile ? null : found;
    this.#named = null;
    const bytes = await this.#blob.arrayBuffer();
    if (!Object.hasOwn(dialects, found)) return this.#text({ bytes, name, kind: found, dialect }, signal);
    const client = openClient(found);
    const report = await client.importDump(
      { input: { kind: isFile ? "database" : "text", name, bytes }, loadData: rows },
      (progress) => {
        if (!signal.aborted) this.#progress = progress;
      },
      signal,
    );
    client.close();
    if (!signal.aborted) this.#end(report, dialects[found as DialectId].label);
  }

  #end({ value, problems }: Report<Parcel | null>, engine: string): void {
    const { name } = this;
    if (!value) {
      const told = ({ code, severity }: Problem): boolean =>
        code === "import.cancelled" || (severity === "error" && /^(input|engine)\./.test(code));
      if (problems.some(told)) return this.#fail(problems);
      const why = problems.some(({ severity }) => severity === "error")
        ? `${engine} refused every statement.`
        : "there is no table in it.";
      return this.#fail([problem("input.unrecognised", "error", { name, why }), ...problems]);
    }
    this.#problems = problems;
    this.#read = { name: this.#baseName(), parcel: value };
    this.#state = "done";
  }

  async #text(asked: Parameters<typeof readText>[0], signal: AbortSignal): Promise<void> {
    const { value, problems } = await readText(asked, signal);
    if (signal.aborted) return;
    if (!value) return this.#fail(problems);
    this.#problems = problems;
    this.#named = value.parcel.dialect;
    this.#read = { name: value.name || this.#baseName(), parcel: value.parcel };
    this.#state = "done";
  }

  async #texts(
    several: Texts,
    as: { readonly main: string | null; readonly dialect: string | null },
    signal: AbortSignal,
  ): Promise<void> {
    this.#kind = several.kind;
    const { value, problems } = await readTexts(several, as, signal);
    if (signal.aborted) return;
    if (!value) return this.#fail(problems);
    this.#problems = problems;
    this.#main = value.main;
    this.#mains = value.mains;
    this.#named = value.parcel.dialect;
    const file = value.mains[0] ?? "";
    this.#read = {
      name: value.name || several.title || this.#baseName(file.slice(file.lastIndexOf("/") + 1)),
      parcel: value.parcel,
    };
    this.#state = "done";
  }

  #baseName(name = this.name): string {
    return name.replace(/\.[^.]*$/, "") || "Untitled";
  }

  #fail(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#state = "failed";
  }

  /** Lays out what has no place yet, stores the design, and gives its id; null where that failed, which `tell` hears of. */
  async finish(tell: (problem: Problem) => void): Promise<string | null> {
    if (!this.#read) return null;
    const { name, parcel } = this.#read;
    const made = await makeDesign(name, parcel, tell);
    if (made.ok) return this.#designs.store({ name, dialect: parcel.dialect, ...made.value });
    tell(made.problem);
    return null;
  }

  /** What a live server is asked to prove of a dump that was read: its definitions, and our SQL for them. */
  async definitions(signal: AbortSignal): Promise<Result<Definitions>> {
    const { name } = this;
    if (!this.#read || this.#kind === null) return fail(problem("input.empty", "error"));
    const client = openClient(this.#kind);
    const input = { kind: "text", name, bytes: await this.#blob.arrayBuffer() } as const;
    const found = await client.definitions({ input, parcel: this.#read.parcel }, signal);
    client.close();
    return found;
  }

  /** Can what was read bring this design up to date? */
  fits(project: Project): boolean {
    return this.#read?.parcel.dialect === project.schema.dialect && !project.readOnly;
  }

  /** Brings an open design up to what was read. */
  async updateDesign(project: Project, tell: (problem: Problem) => void): Promise<number> {
    if (!this.#read) return 0;
    return bringUp(project, unpack(this.#read.parcel).schema, this.name, tell);
  }
}
