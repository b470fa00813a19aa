import { describe, expect, it } from "vitest";
import { CLOSE } from "#shared/api/sync.ts";
import { readRoomLink, roomLink } from "./link.ts";
import { linkAfter, type SyncState, statusOf, waitBefore, wordsOf } from "./status.ts";

describe("the words of a status", () => {
  it.each<[SyncState, string]>([
    [{ link: "ready", waiting: 0, writes: true, role: "edit" }, "synced"],
    [{ link: "ready", waiting: 1, writes: true, role: "edit" }, "sending 1 edit…"],
    [{ link: "open", waiting: 0, writes: true, role: "edit" }, "connecting…"],
    [{ link: "connecting", waiting: 2, writes: true, role: "edit" }, "connecting to send 2 edits…"],
    [{ link: "offline", waiting: 0, writes: true, role: "edit" }, "offline"],
    [{ link: "offline", waiting: 12, writes: true, role: "edit" }, "offline, waiting to send 12 edits"],
    [{ link: "ready", waiting: 0, writes: false, role: "view" }, "view only"],
    [{ link: "ready", waiting: 2, writes: false, role: "view" }, "view only, 2 edits stay on this device"],
    [{ link: "ready", waiting: 0, writes: false, role: "comment" }, "comment only"],
    [{ link: "revoked", waiting: 1, writes: true, role: "edit" }, "the link was replaced, 1 edit stays on this device"],
    [{ link: "missing", waiting: 0, writes: true, role: "edit" }, "no longer shared"],
  ])("%o", (state, words) => {
    expect(wordsOf(statusOf(state))).toBe(words);
  });
});

describe("a close", () => {
  it.each([
    [CLOSE.revoked, "revoked"],
    [CLOSE.missing, "missing"],
    [CLOSE.tooLarge, "too-large"],
    [CLOSE.malformed, "refused"],
    [CLOSE.tooMany, "refused"],
    [CLOSE.expired, "offline"],
    [CLOSE.full, "offline"],
    [CLOSE.restarting, "offline"],
    [CLOSE.unavailable, "offline"],
    [1006, "offline"],
  ])("with %i is %s", (code, link) => {
    expect(linkAfter(code)).toBe(link);
  });
});

describe("the next try", () => {
  it("comes later each time, up to a limit, and not for all at once", () => {
    const least = [0, 1, 2, 9, 500].map((tries) => waitBefore(tries, 0));
    expect(least).toEqual([200, 400, 800, 10_000, 10_000]);
    expect(waitBefore(1, 1) / waitBefore(1, 0)).toBe(2);
  });
});

describe("a link to a room", () => {
  const key = { room: "0123456789abcdef0123456789abcdef", secret: "aB-_".repeat(11) };

  it("is read as it was written", () => {
    expect(readRoomLink(new URL(roomLink("https://x.org", key)).hash)).toEqual(key);
  });

  it.each(["", "#/r/", "#/d/abc", `#/r/${key.room}`, `#/r/${key.room}/../x`, `#/r/${key.room}/short`, `${roomLink("", key)}?q`])(
    "is not %s",
    (hash) => {
      expect(readRoomLink(hash)).toBeNull();
    },
  );
});
