/**
 * A flood of a room, in a process of its own so that it slows no one who measures: `node flood.mjs FRAME PER_SOCKET URL...`. A socket for each
 * address sends the frame (base64) so many times, waits for its end and comes back at once, until the process is told to end by a line
 * on its standard input. Then it prints how often which code ended a socket, and how many frames were sent.
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { setTimeout } from "node:timers";
import WebSocket from "ws";

const [frame, perSocket, ...urls] = process.argv.slice(2);
const bytes = Buffer.from(frame, "base64");
const codes = {};
let [sent, over] = [0, false];

function flood(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.on("error", () => undefined);
  socket.on("open", () => {
    for (let at = 0; at < Number(perSocket); at += 1, sent += 1) socket.send(bytes);
  });
  socket.on("close", (code) => {
    codes[code] = (codes[code] ?? 0) + 1;
    if (!over) setTimeout(() => flood(url), 5);
  });
}

for (const url of urls) flood(url);
process.stdout.write("flooding\n");
process.stdin.once("data", () => {
  over = true;
  setTimeout(() => {
    process.stdout.write(`${JSON.stringify({ codes, sent })}\n`);
    process.exit(0);
  }, 300);
});
