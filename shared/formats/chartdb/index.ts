/**
 * This part is in charge of ChartDB's files: what its "Export JSON" wrote is read, and what its import takes is written. Tables have
 * schemas, views are tables without a query, a relationship joins two fields, a foreign key of several columns is several of one name.
 */
export { chartdb } from "./format.ts";
