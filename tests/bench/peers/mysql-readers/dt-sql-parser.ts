/** `dt-sql-parser`: nodes of its parse tree, which it gives however many errors there are. */
// @ts-expect-error it is installed when it is measured, not with the project
import { MySQL } from "dt-sql-parser";
import { measure } from "./read.ts";

/** A node; of a definition in CREATE TABLE the words that it begins with. */
type Node = { readonly children?: readonly Node[] | null } & Readonly<Record<Word, (() => unknown) | undefined>>;
type Word = "KW_PRIMARY" | "KW_UNIQUE" | "KW_FOREIGN" | "KW_CHECK" | "KW_INDEX" | "KW_KEY" | "columnDefinition";

/** What a definition in CREATE TABLE makes. */
const MAKES: readonly (readonly [Word, string])[] = [
  ["columnDefinition", "column"],
  ["KW_PRIMARY", "primary"],
  ["KW_UNIQUE", "unique"],
  ["KW_FOREIGN", "foreign"],
  ["KW_CHECK", "check"],
  ["KW_KEY", "index"],
  ["KW_INDEX", "index"],
];

function nameOf(node: Node): string {
  const name = node.constructor.name.replace(/Context\d*$/, "");
  return name === "CreateDefinition" ? (MAKES.find(([word]) => node[word]?.())?.[1] ?? name) : name;
}

const parser = new (MySQL as new () => { parse: (text: string, error: () => void) => Node })();

await measure((text) => {
  let errors = 0;
  const root = parser.parse(text, () => (errors += 1));
  const found = new Map<string, number>();
  const nodes = [root];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const name = nameOf(node);
    found.set(name, (found.get(name) ?? 0) + 1);
    for (const child of node.children ?? []) nodes.push(child);
  }
  const count = (...names: string[]): number => names.reduce((sum, name) => sum + (found.get(name) ?? 0), 0);
  const pk = count("primary", "PrimaryKeyColumnConstraint", "AlterByAddPrimaryKey");
  const uniq = count("unique", "UniqueKeyColumnConstraint", "AlterByAddUniqueKey");
  const counts = {
    tables: count("ColumnCreateTable", "CopyCreateTable", "QueryCreateTable"),
    columns: count("column", "AlterByAddColumn"),
    pk,
    uniq,
    fk: count("foreign", "AlterByAddForeignKey"),
    indexes: pk + uniq + count("index", "CreateIndex", "AlterByAddIndex", "AlterByAddSpecialIndex"),
    checks: count("CheckConstraintDefinition"),
    views: count("CreateView"),
    triggers: count("CreateTrigger"),
    comments: count("CommentColumnConstraint", "TableOptionComment"),
  };
  return { counts, errors };
});
