/** The design as a Yjs document. The written format heads `keys.ts`. */
export { DesignDoc } from "./design-doc.ts";
export type { Snapshot } from "./reader.ts";
