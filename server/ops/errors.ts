/**
 * This part is in charge of refusals that no route makes itself: one clear sentence with the right status. DrawDB's two clients read
 * `error` and `message`, so a refusal carries both. What went wrong inside is for the log alone.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { App } from "./instance.ts";

/** The body of every refusal that is not a contract's own. */
export interface RefusalBody {
  readonly success: false;
  readonly error: string;
  readonly message: string;
}

/** A refusal with one sentence. */
export function refusal(sentence: string): RefusalBody {
  return { success: false, error: sentence, message: sentence };
}

const INSIDE: RefusalBody = { success: false, error: "Something went wrong!", message: "Internal server error" };

const SENTENCES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: "The body is not valid JSON.",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The body must be JSON, sent as application/json.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The body is not as long as its content-length says.",
  FST_ERR_BAD_URL: "The address is not valid.",
  FST_ERR_ASYNC_CONSTRAINT: "The address is not valid.",
};

function bytes(count: number): string {
  return count >= 1024 * 1024 ? `${String(Math.round(count / 1024 / 1024))} MB` : `${String(Math.round(count / 1024))} kB`;
}

function sentenceOf(error: FastifyError, request: FastifyRequest): string {
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return `The body is too large: at most ${bytes(request.routeOptions.bodyLimit)} are read.`;
  }
  // JSON.parse repeats a piece of the body, which may hold a password.
  if (error instanceof SyntaxError) return "The body is not valid JSON.";
  return SENTENCES[error.code] ?? error.message;
}

/** Answers an error with its status and sentence; one of ours to mend is logged and says nothing of itself. */
function answer(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    void reply.code(status).send(refusal(sentenceOf(error, request)));
    return;
  }
  request.log.error({ err: error }, "a call failed");
  void reply.code(status === 503 ? 503 : 500).send(INSIDE);
}

/** What Fastify calls before a route is known (an address it cannot decode). */
export const frameworkErrors = answer;

/** Unknown addresses and errors of routes. */
export function errors(app: App): void {
  app.setErrorHandler(answer);
  app.setNotFoundHandler(async (request, reply) => {
    const what = request.method === "GET" ? "Nothing is" : `${request.method} is not answered`;
    return reply.code(404).send(refusal(`${what} at this address.`));
  });
}
