/** Gists on the server that this page came from: made, read and deleted over HTTP. */
import type { NewGist } from "#shared/api/gists.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";

/** A design, read from a gist. */
export interface SharedText {
  readonly name: string;
  readonly text: string;
}

const TIMEOUT_MS = 30_000;

/** The design's file comes first, then the one DrawDB shares, then whatever there is. */
const PREFERRED = ["design.drawbridge.json", "share.json"];

const field = (value: unknown, name: string): unknown =>
  value !== null && typeof value === "object" ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** The answer's JSON; a problem where there is no server, no such gist, or a refusal. */
async function call(method: string, path: string, secret: string | null, body: NewGist | null): Promise<Result<unknown>> {
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...(body ? { "content-type": "application/json" } : {}),
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    answer = await response.json();
  } catch {
    return fail(problem("gist.unreachable", "error"));
  }
  if (status === 404) return fail(problem("gist.missing", "error"));
  if (status !== 200) {
    const message = field(answer, "message");
    return fail(
      problem("gist.refused", "error", { message: typeof message === "string" ? message : `status ${String(status)}` }),
    );
  }
  return ok(answer);
}

/** Keeps a text under a new id; only who has the secret may change it. */
export async function createGist(name: string, text: string): Promise<Result<{ readonly id: string; readonly secret: string }>> {
  const made = await call("POST", "/gists", null, {
    filename: PREFERRED[0] ?? "",
    description: name.slice(0, 1000),
    content: text,
    public: false,
    secret: true,
  });
  if (!made.ok) return made;
  const data = field(made.value, "data");
  const [id, secret] = [field(data, "id"), field(data, "secret")];
  if (typeof id === "string" && typeof secret === "string") return ok({ id, secret });
  return fail(problem("gist.unreachable", "error"));
}

/** The text of a gist. */
export async function readGist(id: string): Promise<Result<SharedText>> {
  const read = await call("GET", `/gists/${encodeURIComponent(id)}`, null, null);
  if (!read.ok) return read;
  const data = field(read.value, "data");
  const files = field(data, "files");
  const names = files !== null && typeof files === "object" ? Object.keys(files) : [];
  const name = PREFERRED.find((each) => names.includes(each)) ?? names[0] ?? "";
  const text = field(field(files, name), "content");
  if (typeof text !== "string") return fail(problem("gist.missing", "error"));
  const title = field(data, "description");
  return ok({ name: name === PREFERRED[0] && typeof title === "string" && title !== "" ? title : name, text });
}

/** Deletes a gist; one that is gone already counts as deleted. */
export async function deleteGist(id: string, secret: string): Promise<Result<null>> {
  const deleted = await call("DELETE", `/gists/${encodeURIComponent(id)}`, secret, null);
  return deleted.ok || deleted.problem.code === "gist.missing" ? ok(null) : deleted;
}
