import { describe, expect, it } from "vitest";
import { splitter } from "../postgres/splitter.ts";

function split(text: string, chunk = text.length || 1): { kind: string; text: string; line: number }[] {
  const cut = splitter();
  const pieces = [];
  for (let at = 0; at < text.length; at += chunk) pieces.push(...cut.push(text.slice(at, at + chunk)));
  pieces.push(...cut.end());
  return pieces.map((piece) => ({ kind: piece.kind, text: piece.text, line: piece.span.line }));
}

const statement = (text: string, line = 1) => ({ kind: "statement", text, line });

describe("the splitter", () => {
  it.each([
    ["two statements", "select 1;\nselect 2;", [statement("select 1"), statement("select 2", 2)]],
    ["no last semicolon", "select 1", [statement("select 1")]],
    ["a semicolon in a string", "select ';';select 2", [statement("select ';'"), statement("select 2")]],
    ["a doubled quote", "select 'a'';b';", [statement("select 'a'';b'")]],
    ["an escape string", String.raw`select E'\';';`, [statement(String.raw`select E'\';'`)]],
    ["a dollar quote", "do $x$ a; $y$ b; $x$;select 1", [statement("do $x$ a; $y$ b; $x$"), statement("select 1")]],
    ["a nested comment", "select /* a; /* b; */ c; */ 1;", [statement("select /* a; /* b; */ c; */ 1")]],
    ["a line comment", "-- a;\nselect 1 -- b;\n;", [statement("select 1 -- b;", 2)]],
    [
      "parentheses",
      "create rule r as on insert to t do (select 1; select 2);",
      [statement("create rule r as on insert to t do (select 1; select 2)")],
    ],
    [
      "a body",
      "create function f() returns int begin atomic select case when true then 1 end; select 2; end;\nselect 3;",
      [
        statement("create function f() returns int begin atomic select case when true then 1 end; select 2; end"),
        statement("select 3", 2),
      ],
    ],
    [
      "a psql line",
      "\\restrict abc\nselect 1;",
      [{ kind: "client-command", text: "\\restrict abc", line: 1 }, statement("select 1", 2)],
    ],
    ["a byte order mark", "\uFEFFselect 1;", [statement("select 1")]],
    ["data", "insert into t values (';');", [{ kind: "data", text: "insert into t values (';')", line: 1 }]],
    ["nothing", " ;; -- x\n", []],
  ])("%s", (_name, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it("sets the rows of a COPY aside", () => {
    const text = "COPY public.t (a) FROM stdin;\n1;\n'\n\\.\n\nselect 1;";
    expect(split(text)).toEqual([{ kind: "copy", text: "COPY public.t (a) FROM stdin", line: 1 }, statement("select 1", 6)]);
  });

  it("cuts the same whatever the chunks", () => {
    const text =
      "create table t (a text default ';');\r\nCOPY t FROM stdin;\n1\n\\.\ndo $$ begin; end $$;\n/* c; */ select 'x;y';\n\\echo hi\nselect 2;";
    const whole = split(text);
    for (const chunk of [1, 2, 3, 7, 20]) expect(split(text, chunk)).toEqual(whole);
  });

  it("says when the text ends inside a statement", () => {
    const cut = splitter();
    cut.push("select 1; create table t (a int, b");
    expect(cut.end().map(({ complete }) => complete)).toEqual([false]);
  });
});
