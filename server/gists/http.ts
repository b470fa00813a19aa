/** What the routes of both gist contracts share: their words for refusals, secrets, sizes and fields. */
import type { FastifyReply, FastifyRequest, FastifySchemaValidationError } from "fastify";
import { Type } from "typebox";
import type { NewGist } from "#shared/api/gists.ts";
import type { App } from "../ops/instance.ts";
import type { Contract, ErrorKey } from "./contract.ts";

/** The parameters of a route about one gist. */
export const IdParams = Type.Object({ id: Type.String() });

const FIELDS: Readonly<Record<string, string>> = {
  filename: "filename must be a name of 1 to 200 characters without slashes.",
  content: "content must be text, an object or a list.",
  description: "description must be text of at most 1000 characters.",
  public: "public must be true or false.",
  secret: "secret must be true or false.",
};

/** Room for a body whose text doubles when it is written as JSON. */
export const bodyLimit = (mostBytes: number): number => mostBytes * 2 + 16 * 1024;

/** A refusal in the words of a contract. */
export function refuse(reply: FastifyReply, key: ErrorKey, status: number, sentence: string): FastifyReply {
  return reply.code(status).send({ success: false, [key]: sentence });
}

/** The secret that a caller sends as a bearer token, or null. */
export function secretOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

/** Answers 413 for a file that is too large; true when it did. */
export function refusedSize(
  reply: FastifyReply,
  key: ErrorKey,
  content: NewGist["content"] | null | undefined,
  most: number,
): boolean {
  const text = typeof content === "string" ? content : JSON.stringify(content ?? "");
  if (Buffer.byteLength(text) <= most) return false;
  refuse(reply, key, 413, `A file of a gist holds at most ${String(Math.floor(most / 1024))} kB.`);
  return true;
}

/** A hook that answers 400 with `sentence` where one of the fields is missing or empty. */
export function required(key: ErrorKey, sentence: string, ...fields: readonly string[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    return fields.every((field) => body[field]) ? undefined : refuse(reply, key, 400, sentence);
  };
}

/** In a scope of routes: says which field is wrong, and answers what fails inside with the contract's own sentence. */
export function refusals(scope: App, { key, failed }: Contract): void {
  scope.setSchemaErrorFormatter((errors: readonly FastifySchemaValidationError[]) => {
    const field = errors[0]?.instancePath.split("/")[1] ?? "";
    return new Error(FIELDS[field] ?? "The request does not have the fields it needs.");
  });
  scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if ((error.statusCode ?? 500) < 500) throw error;
    request.log.error({ err: error }, "a gist failed");
    void refuse(reply, key, 500, failed(request.method));
  });
}
