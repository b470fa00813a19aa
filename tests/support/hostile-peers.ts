/** Peers that speak a database's protocol as they please: what a hostile server may do to who connects to it. */
import type { Socket } from "node:net";

/** Bytes that look like chance and are the same in every run. */
export function noise(seed: number, length: number): Buffer {
  let state = seed;
  return Buffer.from(Array.from({ length }, () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24) & 255));
}

/** Writes without an end, as fast as the other side reads. */
export function flood(socket: Socket, block: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(block)) continue;
  };
  socket.on("drain", more);
  more();
}

/** Four bytes, the highest first. */
export const length = (bytes: number): number[] => [bytes >>> 24, (bytes >>> 16) & 255, (bytes >>> 8) & 255, bytes & 255];

/** A message of PostgreSQL's protocol. */
export const message = (type: string, ...body: readonly (string | Buffer)[]): Buffer => {
  const bytes = Buffer.concat(body.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from(type), Buffer.from(length(bytes.length + 4)), bytes]);
};
/** ReadyForQuery. */
export const READY = message("Z", "I");
/** The answer to `show server_version`: a description, a row, an end. */
export const VERSION_ROW = [
  message("T", Buffer.from([0, 1]), "v\0", Buffer.alloc(18)),
  message("D", Buffer.from([0, 1, 0, 0, 0, 2]), "15"),
  message("C", "SHOW\0"),
];

/** A PostgreSQL that lets anyone in and then answers the first query as one should, the next as it pleases. */
export const letsIn = (then: (socket: Socket) => void) => (socket: Socket) => {
  let asked = 0;
  socket.on("data", () => {
    asked += 1;
    if (asked === 1) socket.write(Buffer.concat([message("R", Buffer.alloc(4)), READY]));
    else if (asked === 2) socket.write(Buffer.concat([...VERSION_ROW, READY]));
    else if (asked === 3) then(socket);
  });
};

/** A packet of MySQL's protocol. */
export const packet = (number: number, ...body: readonly (string | Buffer)[]): Buffer => {
  const bytes = Buffer.concat(body.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([bytes.length & 255, (bytes.length >> 8) & 255, bytes.length >> 16, number]), bytes]);
};

/** A MySQL server's first packet. */
export const greeting = (tls: boolean): Buffer =>
  packet(
    0,
    "\x0a8.0.36\0",
    Buffer.from([1, 0, 0, 0]),
    "abcdefgh\0",
    Buffer.from([0xff, tls ? 0xff : 0xf7, 45, 2, 0, 0xff, 0x81, 21]),
    Buffer.alloc(10),
    "ijklmnopqrst\0mysql_native_password\0",
  );

/** A packet that says that all is well. */
export const OK = (number: number): Buffer => packet(number, Buffer.from([0, 0, 0, 2, 0, 0, 0]));

/** A MySQL that lets anyone in and answers every question as it pleases. */
export const letsInMysql = (then: (socket: Socket) => void) => (socket: Socket) => {
  socket.write(greeting(false));
  let asked = 0;
  socket.on("data", () => {
    asked += 1;
    if (asked === 1) socket.write(OK(2));
    else then(socket);
  });
};
