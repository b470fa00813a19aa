import { randomBytes } from "node:crypto";

/** An id in the form of DrawDB's: 21 characters of A to Z, a to z, 0 to 9, `_` and `-`, 126 random bits. */
export function nanoid(): string {
  return randomBytes(16).toString("base64url").slice(0, 21);
}
