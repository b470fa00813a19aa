/** `node-sql-parser`: its syntax trees, statement by statement. */
// @ts-expect-error it is installed when it is measured, not with the project
import { Parser } from "node-sql-parser";
import { measure } from "./read.ts";

interface Definition {
  readonly resource?: string;
  readonly constraint_type?: string;
  readonly keyword?: string;
  readonly primary_key?: unknown;
  readonly unique?: unknown;
  readonly comment?: unknown;
  readonly check?: unknown;
}
interface Tree {
  readonly type: string;
  readonly keyword?: string;
  readonly index_type?: string;
  readonly create_definitions?: readonly Definition[];
  readonly table_options?: readonly { readonly keyword: string }[] | null;
  readonly expr?: readonly (Definition & { readonly action?: string; readonly create_definitions?: Definition })[];
}

const parser = new (Parser as new () => { astify: (text: string, options: { database: string }) => Tree | readonly Tree[] })();

/** Definitions that a statement makes: those of a new table, and those added to one. */
function definitions(tree: Tree): readonly Definition[] {
  if (tree.type === "create" && tree.keyword === "table") return tree.create_definitions ?? [];
  if (tree.type === "create" && tree.keyword === "index")
    return [tree.index_type === "unique" ? { constraint_type: "unique key" } : { resource: "index" }];
  if (tree.type !== "alter" || !Array.isArray(tree.expr)) return [];
  return tree.expr.filter(({ action }) => action === "add").map((item) => item.create_definitions ?? item);
}

await measure((text) => {
  const trees = [parser.astify(text, { database: "MySQL" })].flat();
  const created = (keyword: string): Tree[] => trees.filter((tree) => tree.type === "create" && tree.keyword === keyword);
  const all = trees.flatMap(definitions);
  const kind = (word: RegExp): number => all.filter(({ constraint_type: type = "" }) => word.test(type)).length;
  const columns = all.filter(({ resource }) => resource === "column");
  const pk = kind(/^primary/i) + columns.filter((column) => column.primary_key).length;
  const uniq = kind(/^unique/i) + columns.filter(({ unique }) => unique).length;
  const tables = created("table");
  const counts = {
    tables: tables.length,
    columns: columns.length,
    pk,
    uniq,
    fk: kind(/^foreign/i),
    indexes: pk + uniq + all.filter(({ resource }) => resource === "index").length,
    checks: kind(/^check/i) + columns.filter(({ check }) => check).length,
    views: created("view").length,
    triggers: created("trigger").length,
    comments:
      columns.filter(({ comment }) => comment).length +
      tables.filter((table) => table.table_options?.some(({ keyword }) => keyword === "comment")).length,
  };
  return { counts, errors: 0 };
});
