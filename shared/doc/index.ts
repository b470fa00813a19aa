/** The design as a Yjs document. The written format heads `keys.ts`. */
export { DesignDoc, type Snapshot } from "./design-doc.ts";
