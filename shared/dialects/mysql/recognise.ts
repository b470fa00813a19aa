import type { Flavour } from "./flavour.ts";

/** What the programs that write dumps say at their head, in comments. */
const HEADING = /^-- (MySQL dump|MariaDB dump|phpMyAdmin SQL Dump)\b/m;

/** How sure it is that a text is MySQL's or MariaDB's, 0 to 1. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/\/\*M?!\d{5,6}/, 0.8],
  [/\bENGINE\s*=\s*\w+/i, 0.7],
  [/\bAUTO_INCREMENT\b/i, 0.7],
  [/\b(DEFAULT\s+)?(CHARSET|CHARACTER\s+SET)\s*(?:=\s*)?(utf8|latin1)/i, 0.5],
  [/^DELIMITER\s+\S+/im, 0.6],
  [/\b(TINY|SMALL|MEDIUM|BIG)?INT(EGER)?\s*(\(\d+\)\s*)?UNSIGNED\b/i, 0.5],
  [/\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b/i, 0.5],
  [/\b(MEDIUMTEXT|LONGTEXT|MEDIUMBLOB|LONGBLOB)\b/i, 0.4],
  [/\bCREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?`/i, 0.3],
  [/^#/m, 0.1],
  [/\bDATETIME(\(\d\))?/i, 0.1],
  [/\bCREATE\s+TABLE\b/i, 0.1],
];

const MARIADB: readonly RegExp[] = [
  /^-- MariaDB dump\b|-MariaDB\b|\bServer version:?\s[\d.]+-MariaDB/m,
  /\/\*M!\d/,
  /\bcurrent_timestamp\(\)/,
  /\bWITH\s+SYSTEM\s+VERSIONING\b/i,
  /\bCREATE\s+SEQUENCE\s+`/i,
  /\bPAGE_CHECKSUM\b|\bENGINE\s*=\s*Aria\b/i,
];

/** What other engines' files hold and these do not. */
const AGAINST: readonly RegExp[] = [
  /\bpg_catalog\b|^\\(restrict|connect)\b|\bOWNER\s+TO\b/im,
  /\bCOPY\b[^;]*\bFROM\s+stdin\b/i,
  /^PRAGMA\b|\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b/im,
  /\b(bytea|jsonb|timestamptz|bigserial|tsvector|nvarchar2|varchar2)\b|\bAS\s+\$\w*\$/i,
  /\bIDENTITY\s*\(|^GO\s*$/im,
  // MySQL has no BINARY longer than 255.
  /\bBINARY\s*\(\s*(25[6-9]|2[6-9]\d|[3-9]\d\d|\d{4,})\s*\)/i,
];

/** Comments that are no code; an executable one is. */
const COMMENT = /--[^\n]*|\/\*(?!M?!)[\s\S]*?\*\//g;

/** Of a text with MariaDB's marks MariaDB is sure, of all others MySQL. */
export function recognise(head: string, flavour: Flavour): number {
  const bare = head.replace(COMMENT, "");
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(bare) ? weight : 0), HEADING.test(head) ? 1 : 0);
  const against = AGAINST.some((pattern) => pattern.test(bare));
  const marked = MARIADB.some((pattern) => pattern.test(head));
  const sure = Math.max(0, Math.min(1, sum) - (against ? 0.8 : 0));
  return marked === flavour.marked ? sure : sure * 0.5;
}
