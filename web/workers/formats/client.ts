/** The page's end of the worker for formats. It lives as long as one task. */
import type { Design } from "#shared/formats/json/index.ts";
import { fail, ok, problem, type Report, type Result } from "#shared/result/index.ts";
import { askOnce, type Ending } from "../line.ts";
import type { FormatInfo, formatService, TextRead, TextsRead, TextWritten } from "./service.ts";

type Remote = typeof formatService;

/** Ten thousand tables take a few seconds; what takes this long will not end. */
const PATIENCE_MS = 60_000;

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "formats" });

function why(ending: Exclude<Ending<unknown>, { readonly kind: "answered" }>): string {
  if (ending.kind === "crashed") return `the work on it failed (${ending.message}).`;
  return "it took too long.";
}

/** Every format that there is; empty where the worker cannot be loaded. */
export async function listFormats(start: () => Worker = startWorker): Promise<readonly FormatInfo[]> {
  const ending = await askOnce<Remote, readonly FormatInfo[]>(start, (remote) => remote.list());
  return ending.kind === "answered" ? ending.value : [];
}

/** The kind of a text, by its beginning; null where the worker could not say. */
export async function kindOf(
  head: ArrayBuffer,
  name: string,
  chosen: string | null,
  signal: AbortSignal,
  start: () => Worker = startWorker,
): Promise<string | null> {
  const ending = await askOnce<Remote, string>(start, (remote) => remote.kindOf(head, name, chosen), { signal, ms: PATIENCE_MS });
  return ending.kind === "answered" ? ending.value : null;
}

/** Reads a text of a format; `signal` ends it. */
export async function readText(
  {
    bytes,
    name,
    kind,
    dialect,
  }: { readonly bytes: ArrayBuffer; readonly name: string; readonly kind: string; readonly dialect: string | null },
  signal: AbortSignal,
  start: () => Worker = startWorker,
): Promise<Report<TextRead | null>> {
  const ending = await askOnce<Remote, Report<TextRead | null>>(start, (remote) => remote.read(bytes, name, kind, dialect), {
    signal,
    ms: PATIENCE_MS,
  });
  return reported(ending, name);
}

function reported<T>(ending: Ending<Report<T | null>>, name: string): Report<T | null> {
  if (ending.kind === "answered") return ending.value;
  const found =
    ending.kind === "cancelled"
      ? problem("import.cancelled", "note")
      : problem("input.unrecognised", "error", { name, why: why(ending) });
  return { value: null, problems: [found] };
}

interface Texts {
  /** What they are called together. */
  readonly name: string;
  readonly kind: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads texts that are one design; `signal` ends it. */
export async function readTexts(
  { name, kind, texts }: Texts,
  as: { readonly main: string | null; readonly dialect: string | null },
  signal: AbortSignal,
  start: () => Worker = startWorker,
): Promise<Report<TextsRead | null>> {
  const task = (remote: Remote): Promise<Report<TextsRead | null>> => remote.readTogether(texts, kind, as);
  return reported(await askOnce<Remote, Report<TextsRead | null>>(start, task, { signal, ms: PATIENCE_MS }), name);
}

interface Writing {
  readonly kind: string;
  readonly variant: string;
  readonly design: Design;
  /** The ids of what is to be drawn; null for everything. */
  readonly chosen: ReadonlySet<string> | null;
}

/** Writes a design; `signal` ends it. */
export async function writeText(
  { kind, variant, design, chosen }: Writing,
  signal: AbortSignal,
  start: () => Worker = startWorker,
): Promise<Result<TextWritten>> {
  const ending = await askOnce<Remote, TextWritten>(start, (remote) => remote.write(kind, variant, design, chosen), {
    signal,
    ms: PATIENCE_MS,
  });
  if (ending.kind === "answered") return ok(ending.value);
  if (ending.kind === "cancelled") return fail(problem("format.cancelled", "note"));
  return fail(problem("format.failed", "error", { why: why(ending) }));
}
