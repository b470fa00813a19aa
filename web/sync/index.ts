/**
 * This part is in charge of working together over the relay: rooms over HTTP, the connection of a document to its room, and what is
 * told of it. It is loaded when a design has a room.
 */
export { Connection } from "./connection.ts";
export { changeSecret, createRoom, entrance, getToken, readRoom, removeRoom } from "./http.ts";
