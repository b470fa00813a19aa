/**
 * This part is in charge of Prisma's schema language: the whole of it is read, by a reader that goes on after a fault and says where it
 * stands; designs are written as `prisma db pull` would write their databases, with a list of what is lost.
 */
export { prisma } from "./format.ts";
