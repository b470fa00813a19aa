/** What a dump needs before it can run, found by looking at its text once. */

const ROLE_USES =
  /\b(?:owner\s+to|for\s+role|to\s+role|authorization)\s+("(?:[^"]|"")+"|[a-z_][\w$]*)|\b(?:grant|revoke)\b[^;]{0,2000}?\b(?:to|from)\s+((?:"(?:[^"]|"")+"|[a-z_][\w$]*)(?:\s*,\s*(?:"(?:[^"]|"")+"|[a-z_][\w$]*))*)\s*(?:;|$|with\b|granted\b)|\bcreate\s+policy\b[^;]{0,4000}?\bto\s+((?:"(?:[^"]|"")+"|[a-z_][\w$]*)(?:\s*,\s*(?:"(?:[^"]|"")+"|[a-z_][\w$]*))*)/gi;

const NOT_ROLES: ReadonlySet<string> = new Set([
  "public",
  "current_user",
  "session_user",
  "current_role",
  "group",
  "postgres",
  "none",
]);

/** Roles that statements speak of, unquoted. Superfluous ones do no harm: they exist in a throw-away engine only. */
export function rolesIn(statement: string): string[] {
  const found = new Set<string>();
  for (const match of statement.matchAll(ROLE_USES)) {
    const list = match[1] ?? match[2] ?? match[3] ?? "";
    for (const part of list.match(/"(?:[^"]|"")+"|[\w$]+/g) ?? []) {
      const name = part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase();
      if (!NOT_ROLES.has(name) && !name.startsWith("pg_")) found.add(name);
    }
  }
  return [...found];
}

const CREATE_EXTENSION = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\w-]+)/gi;

/**
 * Extensions that a dump creates, by name: an engine has to be opened with their files at hand.
 */
export function neededExtensions(text: string): string[] {
  return [
    ...new Set([...text.matchAll(CREATE_EXTENSION)].map((match) => (match[1] ?? "").replaceAll('"', "").toLowerCase())),
  ].sort();
}
