/** This part is in charge of models for Django. */
export { django } from "./format.ts";
