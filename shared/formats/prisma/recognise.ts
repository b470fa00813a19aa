/** How sure it is that a text is a Prisma schema, 0 to 1, from its beginning. */
const SIGNS: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/^[ \t]*datasource[ \t]+\w+[ \t]*\{/m, 0.6],
  [/^[ \t]*generator[ \t]+\w+[ \t]*\{/m, 0.4],
  [/^[ \t]*(?:model|view)[ \t]+\w+[ \t]*\{/m, 0.5],
  [/^[ \t]*\w+[ \t]+(?:String|Int|BigInt|Boolean|DateTime|Float|Decimal|Json|Bytes)\b[?[\]]*[ \t]*(?:@|$)/m, 0.3],
  [/^[ \t]*@@(?:map|id|index|unique|schema|ignore)\b/m, 0.2],
];

export const recognisePrisma = (head: string): number =>
  Math.min(
    1,
    SIGNS.reduce((total, [pattern, weight]) => total + (pattern.test(head) ? weight : 0), 0),
  );
