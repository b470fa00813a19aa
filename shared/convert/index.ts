/** This part is in charge of saying a design of one dialect in another, with a list of what is lost. */
export { convertSchema } from "./convert.ts";
