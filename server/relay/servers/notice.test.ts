import { describe, expect, it } from "vitest";
import { type Notice, readNotices, writeNotices } from "./notice.ts";

const room = "0123456789abcdef0123456789abcdef";
const notices: readonly Notice[] = [
  { kind: "update", document: room, update: new Uint8Array([1, 2, 3]) },
  { kind: "holding", document: `${room}.comments`, holding: { vector: new Uint8Array([0]), deleted: 0xffff_fffe }, asks: true },
  { kind: "look", document: room },
  { kind: "presence", document: room, states: [{ client: 2 ** 32 - 1, clock: 7, json: '{"name":"Ä"}', person: "ada" }] },
  { kind: "rights", room },
  { kind: "bye" },
];

describe("what servers tell each other", () => {
  it("is read as it was written", () => {
    expect(readNotices(writeNotices("server", notices))).toEqual({ server: "server", notices });
  });

  it("is nothing where a byte is missing, and never throws where one is wrong", () => {
    const bytes = writeNotices("server", notices);
    for (let length = 0; length < bytes.length; length += 1) expect(readNotices(bytes.subarray(0, length))).toBeNull();
    for (let at = 0; at < bytes.length; at += 1) {
      const wrong = bytes.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 0xff;
      expect(() => readNotices(wrong)).not.toThrow();
    }
  });

  it.each(["*", `${room}.x`, `${room}:a`, "../room", `${room.slice(1)}G`])("is about rooms only, not about %s", (document) => {
    expect(readNotices(writeNotices("server", [{ kind: "look", document }]))).toBeNull();
  });
});
