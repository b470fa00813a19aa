/** How sure it is that a text is a file of ChartDB, 0 to 1, from its beginning. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/"databaseType"\s*:\s*"/, 0.5],
  [/"(?:source|target)(?:TableId|FieldId|Cardinality)"\s*:/, 0.5],
  [/"primaryKey"\s*:/, 0.2],
  [/"nullable"\s*:/, 0.1],
  [/"fieldIds"\s*:\s*\[/, 0.2],
  [/"isView"\s*:/, 0.2],
  [/"(?:tables|relationships)"\s*:\s*\[/, 0.1],
];

export function recogniseChartdb(head: string): number {
  if (!/^[\uFEFF\s]*\{/.test(head) || /"(?:startTableId|format|notNull)"\s*:/.test(head)) return 0;
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(head) ? weight : 0), 0);
  return Math.min(1, sum);
}
