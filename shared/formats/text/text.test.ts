import { describe, expect, it } from "vitest";
import { encodingOf } from "./index.ts";

const utf16 = (text: string, big: boolean): Uint8Array =>
  Uint8Array.from([...text].flatMap((c) => (big ? [0, c.charCodeAt(0)] : [c.charCodeAt(0), 0])));

describe("encodingOf", () => {
  it.each([
    ["plain", new TextEncoder().encode("create table t (a int);"), "utf-8"],
    ["nothing", new Uint8Array(), "utf-8"],
    ["umlauts", new TextEncoder().encode("-- Größe 数 🙂"), "utf-8"],
    ["a cut character", new TextEncoder().encode("-- 🙂").subarray(0, 5), "utf-8"],
    ["an old encoding", Uint8Array.from([0x47, 0x72, 0xf6, 0xdf, 0x65]), "windows-1252"],
    ["UTF-16 with a mark", Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), "utf-16le"],
    ["UTF-16 without one", utf16("create table t", false), "utf-16le"],
    ["UTF-16 the other way round", utf16("create table t", true), "utf-16be"],
    ["a photo", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49]), "binary"],
  ])("%s", (_name, bytes, expected) => {
    expect(encodingOf(bytes)).toBe(expected);
  });
});
