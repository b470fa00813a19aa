import type { Role } from "#shared/api/rooms.ts";

/** What a role may, the more the higher. Not the contract's own list: with it the validators would come into the first load. */
export const RANK: Readonly<Record<Role, number>> = { own: 3, edit: 2, comment: 1, view: 0 };

/** Whether a role may change the design. */
export const mayEdit = (role: Role): boolean => RANK[role] >= RANK.edit;
/** Whether a role may write comments. */
export const mayComment = (role: Role): boolean => RANK[role] >= RANK.comment;

/** A room has two documents, so that a right is one to a document. */
export type Part = "design" | "comments";
export const mayWrite = (role: Role, part: Part): boolean => (part === "design" ? mayEdit(role) : mayComment(role));
