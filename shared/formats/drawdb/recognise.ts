/** How sure it is that a text is a file of DrawDB, 0 to 1, from its beginning. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/"(?:start|end)(?:Table|Field)Id"\s*:/, 0.5],
  [/"(?:subjectAreas|updateConstraint|deleteConstraint)"\s*:/, 0.3],
  [/"indices"\s*:\s*\[/, 0.2],
  [/"primary"\s*:/, 0.2],
  [/"notNull"\s*:/, 0.2],
  [/"increment"\s*:/, 0.1],
  [/"tables"\s*:\s*\[/, 0.1],
  [/"(?:relationships|references)"\s*:\s*\[/, 0.1],
];
/** Other tools' files of tables. */
const AGAINST = /"(?:databaseType|sourceTableId|primaryKey|format)"\s*:/;

export function recogniseDrawdb(head: string, fileName: string): number {
  if (!/^[\uFEFF\s]*\{/.test(head) || AGAINST.test(head)) return 0;
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(head) ? weight : 0), 0);
  return Math.min(1, sum + (/\.ddb$/i.test(fileName) ? 0.6 : 0));
}
