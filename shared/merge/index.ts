/**
 * This part is in charge of what came of two people's work that was done apart: what each changed since they were together, what of it
 * collided, in words, and the changes that settle a collision one way or another. Nothing here decides: merging has happened, and
 * lost nothing that was not deleted; a collision is what a person should know of.
 */
export { collide } from "./collide.ts";
export type { Choice, Collision, Sides, Who } from "./collision.ts";
export { settle } from "./settle.ts";
export { touched } from "./touched.ts";
export { describe, type Described } from "./words.ts";
