/** Automatic layout: graph in, positions out. */
export { arrange, type ArrangeEdge, type ArrangeNode, arrangeNew, type Positions } from "./arrange.ts";
