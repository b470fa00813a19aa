/** How sure it is that a text is SQLite's, 0 to 1. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/^PRAGMA\s+\w+/im, 0.7],
  [/\bAUTOINCREMENT\b/i, 0.7],
  [/\bWITHOUT\s+ROWID\b|\)\s*STRICT\b/i, 0.7],
  [/\bsqlite_(sequence|master|schema|stat1)\b/i, 0.8],
  [/\bCREATE\s+VIRTUAL\s+TABLE\b/i, 0.7],
  [/\bINTEGER\s+(NOT\s+NULL\s+)?PRIMARY\s+KEY\b/i, 0.3],
  [/\bCREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?\[/i, 0.2],
  [/\bCREATE\s+TRIGGER\b[^;]{0,300}\bBEGIN\b/i, 0.6],
  [/\b(\w*BLOB|DATETIME|TINYINT)\b/i, 0.3],
  [/\bCREATE\s+TABLE\b/i, 0.2],
];

/** What other engines' files hold and SQLite's do not. */
const AGAINST: readonly RegExp[] = [
  /\bpg_catalog\b|\$\$|^\\\w+/m,
  /\bCOPY\b[^;]*\bFROM\s+stdin\b/i,
  /\bCREATE\s+(EXTENSION|TYPE|DOMAIN|SEQUENCE|SCHEMA|DATABASE|FUNCTION|OR\s+REPLACE)\b/i,
  /\bOWNER\s+TO\b|\bALTER\s+TABLE\s+ONLY\b|\bADD\s+CONSTRAINT\b/i,
  /\b(bytea|jsonb|timestamptz|bigserial|serial|tsvector)\b/i,
  /\bENGINE\s*=\s*\w+|\bIDENTITY\s*\(|^GO\s*$/im,
];

const COMMENT = /--[^\n]*|\/\*[\s\S]*?\*\//g;

export function recognise(head: string): number {
  const bare = head.replace(COMMENT, "");
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(bare) ? weight : 0), 0);
  const against = AGAINST.some((pattern) => pattern.test(bare));
  return Math.max(0, Math.min(1, sum) - (against ? 0.8 : 0));
}
