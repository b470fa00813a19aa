/** What a file takes from another: `use { table a as b } from './x.dbml'`, `reuse * from './x.dbml'`. */
import type { Name, Piece, UseNode } from "./ast.ts";
import type { Parser } from "./parser.ts";
import { contents } from "./strings.ts";

const KINDS: ReadonlySet<string> = new Set(["table", "enum", "tablepartial", "note", "schema", "tablegroup"]);

type Items = NonNullable<UseNode["items"]>;

/** All after `use` or, `again`, `reuse`; null where no file is named. */
export function useOf(p: Parser, start: number, piece: Piece, again: boolean): UseNode | null {
  const items = p.skip("*") ? null : itemsOf(p, start);
  if (p.word !== "from") {
    p.expected("from and a file in quotes");
    return null;
  }
  p.next();
  if (!p.is("string")) {
    p.expected("A file in quotes");
    return null;
  }
  const pathSpan = { start: p.start, end: p.end };
  const path = contents(p.source);
  p.next();
  return { again, path, pathSpan, items, start, end: p.last, piece };
}

function itemsOf(p: Parser, start: number): Items {
  const items: Items[number][] = [];
  const item = (): boolean => {
    const kind = p.word;
    if (!KINDS.has(kind)) {
      p.expected("table, enum, tablepartial, note, schema or tablegroup");
      return false;
    }
    p.next();
    const name = p.name("A name");
    if (!name) return false;
    items.push({ kind, name, alias: renamed(p) });
    return true;
  };
  p.block("what is used", item, { start, end: p.last });
  return items;
}

function renamed(p: Parser): Name | null {
  if (p.word !== "as") return null;
  p.next();
  return p.name("Another name");
}
