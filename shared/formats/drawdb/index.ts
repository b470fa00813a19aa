/**
 * This part is in charge of DrawDB's files: its JSON and `.ddb`, as every version wrote them, are read; the current form is written, as
 * its "Import from JSON" takes it. Tables lie flat, keys are marks of their fields, relationships join fields by ids.
 */
export { drawdb } from "./format.ts";
