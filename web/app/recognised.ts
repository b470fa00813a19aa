/** Which dialect a text is of. */
import { dialects } from "#shared/dialects/index.ts";

/** Two dialects this near to each other may both be right. */
const NEAR = 0.15;

/** The dialect that is surest of a text; among those that are about as sure, the one that a person chose before. */
export function recognised(head: string, chosen: string | null): string {
  const all = Object.values(dialects).map(({ id, importer }) => ({ id: id as string, sure: importer.recognise(head) }));
  const best = all.reduce((one, other) => (other.sure > one.sure ? other : one));
  return all.find(({ id, sure }) => id === chosen && best.sure - sure <= NEAR)?.id ?? best.id;
}
