/**
 * This part is in charge of a design as figures of the plane: boxes, routes between their rows, the scene of both that the canvas
 * paints, and pictures, which formats write down.
 */
export { type Box, type BoxRow, boxSize, HEADER, ROW, rowAt, rowMiddle, type Shown } from "./boxes.ts";
export { type Cardinality, cardinalityOf } from "./cardinality.ts";
export { boundsOf, draw, type Picture, placed } from "./draw.ts";
export type { Figure, Step } from "./figures.ts";
export { type Face, type Measure, measureInter } from "./letters.ts";
export { edgesOf, nodesOf } from "./nodes.ts";
export { partOf } from "./part.ts";
export { around, intersects, type Rect } from "./rect.ts";
export { crosses, cutTo, distanceTo, middleOf, reachOf, route, type Route, type RoutePoint, toward } from "./routes.ts";
export { rectOfPiece, type Scene, SceneBuilder } from "./scene.ts";
export { type ColourName, type PictureTheme, THEMES } from "./theme.ts";
