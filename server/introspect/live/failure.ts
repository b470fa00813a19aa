/**
 * What a live server, or the way to it, did wrong, as one of few problems. A closed port, a silent one and one with something else
 * behind it are the same problem, so that nobody learns from us what runs where.
 */
import { fail, problem, type Problem, type Result } from "#shared/result/index.ts";
import type { Deadline } from "../deadline.ts";
import type { Target } from "../target/resolve.ts";
import type { Limits, Login } from "./session.ts";

/** Where a failure happened: on the way to an accepted login, or afterwards. */
export type Stage = "connecting" | "encrypting" | "reading";

/** The server answered in its own protocol and said no. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Thrown inside a driver where the server does not encrypt and the person asked for it. */
export class NotEncrypted extends Error {
  override readonly name = "NotEncrypted";
}

export interface FailureContext {
  readonly engine: string;
  readonly target: Target;
  readonly login: Login;
  readonly limits: Limits;
  readonly stage: Stage;
  readonly deadline: Deadline;
  /** Reads the driver's error as the server's own refusal; null for anything else. */
  readonly refusal: (error: unknown) => Refusal | null;
}

const MOST_MESSAGE = 300;

/** The problem behind whatever a driver threw. */
export function failure(error: unknown, context: FailureContext): Result<never> {
  return fail(problemOf(error, context));
}

function problemOf(error: unknown, context: FailureContext): Problem {
  const { engine, target, login, limits, stage, deadline } = context;
  const place = `${target.host}:${String(target.port)}`;
  if (codeOf(error) === "ERR_TOO_MUCH_RECEIVED" && stage === "reading") {
    return problem("live.too-much", "error", { engine, limit: Math.round(limits.bytes / 1024 / 1024) });
  }
  if (deadline.signal.aborted && stage === "reading") {
    return deadline.late()
      ? problem("live.timeout", "error", { engine, seconds: limits.totalMs / 1000 })
      : problem("live.cancelled", "error");
  }
  if (error instanceof NotEncrypted) return problem("live.not-encrypted", "error", { target: place });
  if (stage === "encrypting" && isAboutCertificate(error) && !deadline.signal.aborted) {
    return problem("live.certificate", "error", { host: target.host, why: plain(messageOf(error), login) });
  }
  const refused = context.refusal(error);
  if (refused) return problem("live.refused", "error", { message: plain(refused.message, login), code: refused.code });
  return stage === "reading" ? problem("live.lost", "error", { engine }) : unreachable(engine, place);
}

/** What Node says of a certificate has a code; what OpenSSL says of bytes that are no TLS names its library. */
const isAboutCertificate = (error: unknown): boolean => {
  const code = codeOf(error) ?? "";
  return error instanceof Error && !("library" in error) && code !== "" && !NETWORK.has(code);
};

const NETWORK = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNREFUSED"]);

/** The one answer for every place where no such database can be reached from here, whatever the reason. */
export function unreachable(engine: string, place: string): Problem {
  return problem("live.unreachable", "error", { engine, target: place });
}

/** A server's words as one plain, short line that does not repeat the password. */
function plain(message: string, { password }: Login): string {
  const said = password.length < 3 ? message : message.replaceAll(password, "***");
  const visible = [...said.slice(0, MOST_MESSAGE)].map((character) =>
    character < " " || character === "\u007f" ? " " : character,
  );
  return visible.join("").trim();
}

/** The code that Node or a driver put on an error. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
