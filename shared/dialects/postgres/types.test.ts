import { describe, expect, it } from "vitest";
import { dialects } from "../index.ts";
import { types } from "./types.ts";

it.each(Object.values(dialects))("a type's text takes $label time in proportion to it", ({ types }) => {
  const spaces = " ".repeat(200_000);
  const texts = [
    `number${spaces}x`,
    `number(${spaces}!`,
    `a${"[]".repeat(50_000)}x`,
    `a${"(".repeat(50_000)}`,
    `a${" unsigned".repeat(20_000)}(`,
  ];
  const began = process.cpuUsage();
  for (const text of texts) types.parse(text);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(1000);
});

describe("a type's text", () => {
  it.each<[text: string, canonical: string, short: string, kind: string]>([
    ["int", "integer", "int4", "integer"],
    ["INT8", "bigint", "int8", "integer"],
    ["varchar(10)", "character varying(10)", "varchar(10)", "text"],
    ["character  varying ( 10 )", "character varying(10)", "varchar(10)", "text"],
    ["numeric(10, 2)[]", "numeric(10,2)[]", "numeric(10,2)[]", "decimal"],
    ["timestamptz(3)", "timestamp(3) with time zone", "timestamptz(3)", "timestamp"],
    ["timestamp(3) with time zone", "timestamp(3) with time zone", "timestamptz(3)", "timestamp"],
    ["time without time zone", "time without time zone", "time", "time"],
    ["pg_catalog.int4[3][]", "integer[][]", "int4[][]", "integer"],
    ["public.mood", "public.mood", "mood", "other"],
    ['app."Mood"[]', 'app."Mood"[]', 'app."Mood"[]', "other"],
    ["public.geometry(Point,4326)", "public.geometry(Point,4326)", "geometry(Point,4326)", "other"],
  ])("%s", (text, canonical, short, kind) => {
    expect(types.canonical(text)).toBe(canonical);
    expect(types.canonical(canonical)).toBe(canonical);
    expect(types.short(text)).toBe(short);
    expect(types.parse(text).kind).toBe(kind);
  });

  it.each<[from: string, to: string, comparable: boolean | null]>([
    ["integer", "int8", true],
    ["varchar(10)", "text", true],
    ["date", "timestamptz", true],
    ["text", "bigint", false],
    ["uuid", "text", false],
    ["integer", "integer[]", false],
    ["public.a", "public.a", true],
    ["public.a", "public.b", null],
  ])("%s with %s", (from, to, comparable) => {
    expect(types.comparable(from, to)).toBe(comparable);
    expect(types.comparable(to, from)).toBe(comparable);
  });
});
