/** This part is in charge of declarative classes for SQLAlchemy 2. */
export { sqlalchemy } from "./format.ts";
