/** How sure it is that a text is SQLite's, 0 to 1. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/^PRAGMA\s+\w+/im, 0.7],
  [/\bAUTOINCREMENT\b/i, 0.7],
  [/\bWITHOUT\s+ROWID\b|\)\s*STRICT\b/i, 0.7],
  [/\bsqlite_(sequence|master|schema|stat1)\b/i, 0.8],
  [/\bCREATE\s+VIRTUAL\s+TABLE\b/i, 0.7],
  [/\bINTEGER\s+(NOT\s+NULL\s+)?PRIMARY\s+KEY\b/i, 0.3],
  [/\bCREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?\[/i, 0.2],
  [/\bsqlite\b/i, 0.3],
  [/\bCREATE\s+TABLE\b/i, 0.2],
];

const AGAINST =
  /\bpg_catalog\b|\bCOPY\b[^;]*\bFROM\s+stdin\b|\bCREATE\s+(EXTENSION|TYPE|DOMAIN|SEQUENCE|SCHEMA)\b|\bOWNER\s+TO\b|\$\$|\bENGINE\s*=\s*\w+|\bALTER\s+TABLE\s+ONLY\b|\bIDENTITY\s*\(|^GO\s*$/im;

export function recognise(head: string): number {
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(head) ? weight : 0), 0);
  return Math.max(0, Math.min(1, sum) - (AGAINST.test(head) ? 0.8 : 0));
}
