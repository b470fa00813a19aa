/** This part is in charge of a design as figures of the plane: boxes, routes between their rows, and the scene of both. */
export { type Box, type BoxRow, boxSize, HEADER, ROW, rowAt, rowMiddle, type Shown } from "./boxes.ts";
export type { Cardinality } from "./cardinality.ts";
export { edgesOf, nodesOf } from "./nodes.ts";
export { around, intersects, type Rect } from "./rect.ts";
export { crosses, cutTo, distanceTo, middleOf, route, type Route, type RoutePoint } from "./routes.ts";
export { rectOfPiece, type Scene, SceneBuilder } from "./scene.ts";
