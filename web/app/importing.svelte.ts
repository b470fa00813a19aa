/** One import, from bytes to a design: recognised, run in its engine, laid out, stored. */
import { dialects } from "#shared/dialects/index.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import { diff } from "#shared/diff/index.ts";
import type { ImportProgress } from "#shared/dialects/dialect.ts";
import { readDesign, recogniseDesign } from "#shared/formats/json/index.ts";
import { adopt, type Diagram, type Position, type Schema, type TableId, type ViewId } from "#shared/model/index.ts";
import { problem, type Problem } from "#shared/result/index.ts";
import { mint } from "../storage/mint.ts";
import type { Designs } from "../stores/designs.svelte.ts";
import { openClient } from "../stores/engines.ts";
import type { Project } from "../stores/project.svelte.ts";
import { layout } from "./layout.ts";

const HEAD = 64 * 1024;
const DATABASE_FILE = "SQLite format 3\0";
const MOST_MB = 200;

export interface Source {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

interface Read {
  readonly name: string;
  readonly schema: Schema;
  readonly diagram: Diagram | null;
}

export class Importing {
  readonly source: Source;
  readonly size: number;
  readonly #designs: Designs;
  readonly #abort = new AbortController();
  #state = $state.raw<"running" | "done" | "failed">("running");
  #progress = $state.raw<ImportProgress | null>(null);
  #problems = $state.raw<readonly Problem[]>([]);
  #read = $state.raw<Read | null>(null);
  #dialect = $state.raw<string>("postgres");

  constructor(source: Source, designs: Designs) {
    this.source = source;
    this.size = source.bytes.byteLength;
    this.#designs = designs;
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
  get schema(): Schema | null {
    return this.#read?.schema ?? null;
  }
  get engine(): string {
    return Object.values(dialects).find(({ id }) => id === this.#dialect)?.label ?? "";
  }

  cancel(): void {
    this.#abort.abort();
  }

  async run(): Promise<void> {
    const { name, bytes } = this.source;
    if (bytes.byteLength > MOST_MB * 1024 * 1024) {
      const size = Math.ceil(bytes.byteLength / 1024 / 1024);
      return this.#fail([problem("input.too-large", "error", { name, size, limit: MOST_MB })]);
    }
    const head = new TextDecoder().decode(bytes.slice(0, DATABASE_FILE.length * 4));
    if (recogniseDesign(head) > 0) return this.#design(new TextDecoder().decode(bytes));
    const isFile = head.startsWith(DATABASE_FILE);
    this.#dialect = isFile ? "sqlite" : recognised(decode(new Uint8Array(bytes.slice(0, HEAD)), name).value ?? "");
    const client = openClient(this.#dialect);
    const report = await client.importDump(
      { input: { kind: isFile ? "database" : "text", name, bytes }, loadData: false },
      (progress) => {
        this.#progress = progress;
      },
      this.#abort.signal,
    );
    client.close();
    if (!report.value) return this.#fail(report.problems);
    if (empty(report.value)) {
      const why = report.problems.some(({ severity }) => severity === "error")
        ? `${this.engine} refused every statement.`
        : "there is no table in it.";
      return this.#fail([problem("input.unrecognised", "error", { name, why }), ...report.problems]);
    }
    this.#problems = report.problems;
    this.#read = { name: name.replace(/\.[^.]*$/, "") || "Untitled", schema: adopt(report.value, null, mint), diagram: null };
    this.#state = "done";
  }

  #design(text: string): void {
    const { value, problems } = readDesign(text);
    if (!value) return this.#fail(problems);
    this.#problems = problems;
    this.#read = { name: value.name || "Untitled", schema: value.schema, diagram: value.diagrams[0] ?? null };
    this.#state = "done";
  }

  #fail(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#state = "failed";
  }

  /** Lays out what has no place yet, stores the design, and gives its id. */
  async finish(tell: (problem: Problem) => void): Promise<string | null> {
    if (!this.#read) return null;
    const { name, schema, diagram } = this.#read;
    const standing = diagram?.positions ?? new Map<TableId | ViewId, Position>();
    const positions = new Map([...standing, ...(await layout(schema, standing, tell))]);
    return this.#designs.create({ name, schema, positions, ...(diagram ? { diagram } : {}) });
  }

  /** Can what was read bring this design up to date? */
  fits(project: Project): boolean {
    return this.#read?.schema.dialect === project.schema.dialect && !project.readOnly;
  }

  /** Brings an open design up to what was read. */
  async updateDesign(project: Project, tell: (problem: Problem) => void): Promise<number> {
    return this.#read ? update(project, this.#read.schema, this.source.name, tell) : 0;
  }
}

/**
 * A file read again into a design that is open: what is the same keeps its ids, places and colours, and the difference is one undo
 * step. Gives how many things changed.
 */
async function update(project: Project, fresh: Schema, name: string, tell: (problem: Problem) => void): Promise<number> {
  const schema = adopt(fresh, project.schema, mint);
  const changes = diff(project.schema, schema);
  const positions = await layout(schema, project.diagram.positions, tell);
  const label = `Update from ${name}`;
  if (changes.length > 0)
    project.together(label, () => {
      project.apply(changes, label);
      project.place(positions);
    });
  return changes.length;
}

const empty = (schema: Schema): boolean =>
  [schema.tables, schema.views, schema.types, schema.sequences, schema.verbatim].every((list) => list.length === 0);

/** The dialect that is surest of a text. */
function recognised(head: string): string {
  const [best] = Object.values(dialects)
    .map((dialect) => ({ id: dialect.id, sure: dialect.importer.recognise(head) }))
    .sort((a, b) => b.sure - a.sure);
  return best?.id ?? "postgres";
}
