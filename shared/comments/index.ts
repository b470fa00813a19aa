/**
 * This part is in charge of what people say about a design: threads of comments pinned to tables, columns, relations or places, as a
 * Yjs document of its own. It knows neither the clock nor who is here: whoever calls it says so.
 */
export { CommentsDoc, type Discussion, refusalOf } from "./comments-doc.ts";
export { type Anchor, type Comment, MOST_TEXT, type Somebody, type Thread } from "./format.ts";
export { callAt, mentionsIn, type Piece, piecesOf, whoIs } from "./text.ts";
export { type Where, whereIs } from "./where.ts";
