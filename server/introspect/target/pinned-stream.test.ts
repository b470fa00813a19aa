import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { PinnedStream } from "./pinned-stream.ts";
import { resolveTarget, type Target } from "./resolve.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(host: string, port: number, answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    answer(socket);
  });
  servers.push(server);
  server.listen(port, host);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const MEGABYTE = 1024 * 1024;

describe("PinnedStream", () => {
  it("connects to the address that was checked though the resolver has changed its answer since", async () => {
    const port = await listen("127.0.0.1", 0, (socket) => socket.end("checked"));
    await listen("127.0.0.2", port, (socket) => socket.end("another"));
    const answers = ["127.0.0.1", "127.0.0.2", "127.0.0.2"];
    let asked = 0;
    const rebinding = (): Promise<string[]> => Promise.resolve([answers[asked++] ?? ""]);
    const policy = { mode: "private-ok", allow: [], ports: [] } as const;
    const target = (await resolveTarget("db.example.com", port, policy, rebinding)) as Target;
    const stream = new PinnedStream(target, MEGABYTE).connect();
    const [chunk] = (await once(stream, "data")) as [Buffer];
    expect(chunk.toString()).toBe("checked");
    expect(asked).toBe(1);
    expect(target.host).toBe("db.example.com");
  });

  it("goes on to the next checked address", async () => {
    const port = await listen("127.0.0.3", 0, (socket) => socket.end("third"));
    const target: Target = { host: "many.example.com", port, addresses: ["127.0.0.2", "127.0.0.3"], reach: "loopback" };
    const [chunk] = (await once(new PinnedStream(target, MEGABYTE).connect(), "data")) as [Buffer];
    expect(chunk.toString()).toBe("third");
  });

  it("ends at its allowance while memory stays flat", async () => {
    const block = Buffer.alloc(MEGABYTE, "x");
    let sent = 0;
    const port = await listen("127.0.0.1", 0, (socket) => {
      const more = (): void => {
        while (!socket.destroyed && socket.write(block)) sent += 1;
      };
      socket.on("drain", more);
      more();
    });
    const target: Target = { host: "127.0.0.1", port, addresses: ["127.0.0.1"], reach: "loopback" };
    const stream = new PinnedStream(target, 20 * MEGABYTE).connect();
    let read = 0;
    stream.on("data", (chunk: Buffer) => (read += chunk.length));
    const [error] = (await once(stream, "error")) as [Error & { code: string }];
    expect(error.code).toBe("ERR_TOO_MUCH_RECEIVED");
    expect(read).toBeLessThanOrEqual(20 * MEGABYTE);
    expect(sent).toBeLessThan(100);
  });

  it("stops reading while nobody reads from it", async () => {
    const block = Buffer.alloc(MEGABYTE);
    let waiting: () => void = () => undefined;
    const full = new Promise<void>((resolve) => (waiting = resolve));
    const port = await listen("127.0.0.1", 0, (socket) => {
      const more = (left: number): void => {
        if (left === 0) return;
        if (socket.write(block)) more(left - 1);
        else waiting();
      };
      more(1000);
    });
    const target: Target = { host: "127.0.0.1", port, addresses: ["127.0.0.1"], reach: "loopback" };
    const stream = new PinnedStream(target, Number.MAX_SAFE_INTEGER).connect();
    await full;
    expect(stream.readableLength).toBeLessThan(MEGABYTE);
    stream.destroy();
  });
});
