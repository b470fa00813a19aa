import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sentence } from "../../result/index.ts";
import { decode } from "./decode.ts";

const text = "create table straße (größe int);\r\n";
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const utf16 = Buffer.from(text, "utf16le");
const bytes = (...list: number[]): Buffer => Buffer.from(list);

describe("decode", () => {
  it.each([
    ["UTF-8", Buffer.from(text), []],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${text}`), []],
    ["UTF-16 LE with its mark", Buffer.concat([bytes(0xff, 0xfe), utf16]), ["The text was read as UTF-16LE."]],
    ["UTF-16 BE with its mark", Buffer.concat([bytes(0xfe, 0xff), swapped(utf16)]), ["The text was read as UTF-16BE."]],
    ["UTF-16 LE", utf16, ["The text was read as UTF-16LE."]],
    ["UTF-16 BE", swapped(utf16), ["The text was read as UTF-16BE."]],
    ["UTF-8 that ends within a character", Buffer.concat([Buffer.from(text), Buffer.from("ß").subarray(0, 1)]), []],
    ["Latin-1", Buffer.from(text, "latin1"), ["The text was read as Windows-1252."]],
  ])("reads %s", (_name, input, remarks) => {
    const { value, problems } = decode(input, "a.sql");
    expect(value).toBe(text);
    expect(problems.map(sentence)).toEqual(remarks);
  });

  it.each([
    ["nothing", Buffer.alloc(0), "The file is empty."],
    ["a picture", Buffer.concat([bytes(0x89), Buffer.from("PNG\r\n\x1a\n\0\0\0\rIHDR")]), "it is a picture."],
    ["a photo", Buffer.concat([bytes(0xff, 0xd8, 0xff, 0xe0), Buffer.from("\0\x10JFIF")]), "it is a picture."],
    ["a custom dump", Buffer.from("PGDMP\x01\x0e\0"), "pg_restore -f schema.sql"],
    ["a compressed dump", gzipSync(text), "gzip. Decompress it first."],
    ["a database file", Buffer.from("SQLite format 3\0\x10\0"), "database file of SQLite"],
    ["noise", Buffer.from(Array.from({ length: 10_000 }, (_, at) => (at * at * 7919) % 251)), "bytes that are no text."],
    ["half a UTF-16 character", Buffer.concat([bytes(0xff, 0xfe), bytes(0x00, 0xdc, 0x61, 0x00)]), "begins like UTF-16LE"],
  ])("says what %s is", (_name, input, why) => {
    const { value, problems } = decode(input, "a.sql");
    expect(value).toBeNull();
    expect(problems.map(sentence).join()).toContain(why);
  });
});
