/** How sure it is that a text is DBML, 0 to 1, from its beginning. */
const NAME = String.raw`(?:"[^"\n]*"|\w+)`;
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [new RegExp(String.raw`^[ \t]*table\s+${NAME}(?:\.${NAME})*(?:\s+as\s+${NAME})?\s*(?:\[[^\]]*\]\s*)?\{`, "im"), 0.7],
  [
    new RegExp(
      String.raw`^[ \t]*(?:enum|tablegroup|tablepartial|project|diagramview)(?:\s+${NAME}(?:\.${NAME})*)?\s*(?:\[[^\]]*\]\s*)?\{`,
      "im",
    ),
    0.4,
  ],
  [new RegExp(String.raw`^[ \t]*ref(?:\s+${NAME})?\s*[:{]\s*[^\s<>-][^<>\n-]{0,400}(?:<>|[<>-])`, "im"), 0.3],
  [/^[ \t]*(?:use|reuse)\s+(?:\*|\{)/im, 0.3],
  [/\bdatabase_type\s*:/i, 0.4],
];
/** SQL says CREATE; other schema languages begin their blocks with other words. */
const AGAINST = /^[ \t]*(?:create|insert|alter|drop|pragma|set)\s+\w|^[ \t]*(?:model|datasource|generator)\s+\w+\s*\{/im;

export function recogniseDbml(head: string): number {
  const text = head.replace(/\/\/[^\n]*|'''[\s\S]*?'''/g, "");
  const sum = SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(text) ? weight : 0), 0);
  return Math.max(0, Math.min(1, sum) - (AGAINST.test(text) ? 0.8 : 0));
}
