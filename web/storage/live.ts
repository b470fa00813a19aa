/**
 * Live databases through the server that this page came from: what it may connect to, a look, and the whole model as a stream.
 * A password is in the body of a request and nowhere else.
 */
import type { DatabaseEvent, IntrospectFields, LookAnswer, PolicyAnswer } from "#shared/api/database.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";

const ROOT = "/api/database";
const LOOK_MS = 45_000;

export type Found = Extract<LookAnswer, { kind: "found" }>;
export type Progress = Extract<DatabaseEvent, { kind: "progress" }>;
export type Introspected = Extract<DatabaseEvent, { kind: "schema" }>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const post = (path: string, fields: IntrospectFields, signal: AbortSignal): Promise<Response> =>
  fetch(`${ROOT}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
    cache: "no-store",
    signal,
  });

/** `absent` where the page was not served by a Drawbridge server, or that cannot be reached. */
export async function readPolicy(): Promise<PolicyAnswer["mode"] | "absent"> {
  try {
    const answer: unknown = await (await fetch(`${ROOT}/policy`, { signal: AbortSignal.timeout(LOOK_MS) })).json();
    const mode = isObject(answer) ? answer["mode"] : null;
    return mode === "off" || mode === "allowlist" || mode === "private-ok" ? mode : "absent";
  } catch {
    return "absent";
  }
}

/** What a server that answers in its own words refused before anything was tried: too many calls, a field that is too long. */
async function refused(response: Response): Promise<Result<never>> {
  const body: unknown = await response.json();
  const said = isObject(body) ? (body["error"] ?? body["message"]) : null;
  return typeof said === "string"
    ? fail(problem("live.refused", "error", { message: said, code: String(response.status) }))
    : fail(problem("live.no-server", "error"));
}

/** The problem behind whatever fetch threw. */
const broken = (signal: AbortSignal): Result<never> =>
  fail(problem(signal.aborted ? "live.cancelled" : "live.no-server", "error"));

/** Tries a connection and lists the databases. */
export async function look(fields: IntrospectFields, signal: AbortSignal): Promise<Result<Found>> {
  try {
    const response = await post("/look", fields, signal);
    if (!response.ok) return await refused(response);
    const answer = (await response.json()) as LookAnswer;
    return answer.kind === "found" ? ok(answer) : fail(answer.problem);
  } catch {
    return broken(signal);
  }
}

/** The lines of a stream of JSON, as they come. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    const pieces = (done ? decoder.decode() : decoder.decode(value, { stream: true })).split("\n");
    for (const piece of pieces.slice(0, -1)) {
      yield parts.join("") + piece;
      parts = [];
    }
    parts.push(pieces.at(-1) ?? "");
    if (done) break;
  }
  const rest = parts.join("");
  if (rest !== "") yield rest;
}

/** Reads the whole model. An abort stops what the database is doing as well. */
export async function introspect(
  fields: IntrospectFields,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result<Introspected>> {
  try {
    const response = await post("/introspect", fields, signal);
    if (!response.ok || !response.body) return await refused(response);
    for await (const line of linesOf(response.body)) {
      const event = JSON.parse(line) as DatabaseEvent;
      if (event.kind === "progress") onProgress(event);
      else return event.kind === "schema" ? ok(event) : fail(event.problem);
    }
    return broken(signal);
  } catch {
    return broken(signal);
  }
}
