/** This part is in charge of entities for TypeORM. */
export { typeorm } from "./format.ts";
