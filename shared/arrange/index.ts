/** Automatic layout: graph in, positions out. */
export { arrange, type ArrangeEdge, type ArrangeNode, type Positions, tile } from "./arrange.ts";
export { arrangeNew } from "./placing.ts";
