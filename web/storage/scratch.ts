/** Proving SQL on the scratch server of whoever runs the server that this page came from: is there one, and what it says. */
import type { ProveFields, Ran, ScratchAnswer, ScratchEvent, ScratchProgress } from "#shared/api/scratch.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";
import { linesOf } from "./live.ts";

const ROOT = "/api/scratch";
const LOOK_MS = 20_000;

/** What there is to prove on; null where there is nothing, or nobody to ask. */
export async function readScratch(): Promise<Exclude<ScratchAnswer, { state: "absent" }> | null> {
  try {
    const response = await fetch(ROOT, { cache: "no-store", signal: AbortSignal.timeout(LOOK_MS) });
    const answer = (await response.json()) as Partial<ScratchAnswer>;
    return answer.state === "ready" || answer.state === "failed" ? (answer as Exclude<ScratchAnswer, { state: "absent" }>) : null;
  } catch {
    return null;
  }
}

export interface Proved {
  readonly engine: string;
  readonly milliseconds: number;
  /** What became of each text. */
  readonly ran: readonly Ran[];
}

/** What a server that answers in its own words refused before anything was tried. */
async function refused(response: Response): Promise<Result<never>> {
  const body = (await response.json()) as { readonly error?: unknown } | null;
  const message = typeof body?.error === "string" ? body.error : response.statusText;
  return fail(problem("live.refused", "error", { message, code: String(response.status) }));
}

/** Runs texts on the scratch server. An abort stops it there, and nothing of them is left. */
export async function prove(
  texts: readonly string[],
  onProgress: (progress: ScratchProgress) => void,
  signal: AbortSignal,
): Promise<Result<Proved>> {
  const ran: Ran[] = [];
  try {
    const response = await fetch(`${ROOT}/prove`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ texts: [...texts] } satisfies ProveFields),
      signal,
    });
    if (!response.ok || !response.body) return await refused(response);
    for await (const line of linesOf(response.body)) {
      const event = JSON.parse(line) as ScratchEvent;
      if (event.kind === "progress") onProgress(event);
      else if (event.kind === "ran") ran.push(event);
      else if (event.kind === "failed") return fail(event.problem);
      else return ok({ engine: event.engine, milliseconds: event.milliseconds, ran });
    }
  } catch {
    // Told below, as an answer that ends before it is whole.
  }
  return fail(problem(signal.aborted ? "live.cancelled" : "scratch.lost", "error"));
}
