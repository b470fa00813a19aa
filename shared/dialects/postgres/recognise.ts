/** How sure it is that a text is PostgreSQL's, 0 to 1. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/^-- PostgreSQL database dump/m, 1],
  [/\bpg_catalog\b|\bpg_dump\b/i, 0.6],
  [/^\\(restrict|c|connect|copy|echo)\b/m, 0.5],
  [/\bCOPY\b[^;]*\bFROM\s+stdin\b/i, 0.6],
  [/\b(bigserial|serial|timestamptz|jsonb|bytea|tsvector|citext)\b/i, 0.4],
  [/\bGENERATED\s+(ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY\b/i, 0.4],
  [/\bCREATE\s+(EXTENSION|TYPE|DOMAIN|SEQUENCE|POLICY|MATERIALIZED)\b/i, 0.4],
  [/\$\$|\$\w+\$/, 0.3],
  [/::\w+/, 0.3],
  [/\bALTER\s+TABLE\s+ONLY\b/i, 0.5],
  [/\bCREATE\s+(UNLOGGED\s+)?TABLE\b/i, 0.2],
];

const AGAINST = /^PRAGMA\b|\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|\bENGINE\s*=\s*InnoDB\b|`\w+`/im;

/** A comment may speak of anything. */
const COMMENT = /--[^\n]*|\/\*[\s\S]*?\*\//g;

export function recognise(head: string): number {
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(head) ? weight : 0), 0);
  return Math.max(0, Math.min(1, sum) - (AGAINST.test(head.replace(COMMENT, "")) ? 0.8 : 0));
}
