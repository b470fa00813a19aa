import { describe, expect, it } from "vitest";
import { recognised } from "./recognised.ts";

describe("the dialect of a text", () => {
  it.each([
    ["-- PostgreSQL database dump\nCREATE TABLE a (b jsonb);", "mysql", "postgres"],
    ["CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;", "sqlite", "mysql"],
    ["PRAGMA foreign_keys=OFF;\nCREATE TABLE a (b);", null, "sqlite"],
    ["CREATE TABLE a (b integer);", null, "postgres"],
    ["CREATE TABLE a (b integer);", "sqlite", "sqlite"],
    ["CREATE TABLE a (b integer);", "no such dialect", "postgres"],
  ])("of %j, having chosen %s before, is %s", (text, chosen, expected) => {
    expect(recognised(text, chosen)).toBe(expected);
  });
});
