/**
 * This part is in charge of Mermaid's entity relationship diagrams: a reader with recovery and places, for what people and other tools
 * write, fenced in Markdown or not; and diagrams of designs. The syntax is mermaid.js.org's of version 11.
 */
export { mermaid } from "./format.ts";
