/** This part is in charge of schema files for Drizzle ORM, in the words of the core that the design's database has. */
export { drizzle } from "./format.ts";
