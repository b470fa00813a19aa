/**
 * This part is in charge of reading SQL of products that are no dialects here. It follows what defines tables and tells the rest: nothing
 * is passed over in silence. The design is one of the first dialect that the reader is given.
 */
import { problem, type Report } from "../../result/index.ts";
import type { ReadOptions } from "../format.ts";
import type { Design } from "../json/index.ts";
import { cut } from "./cut.ts";
import { finish } from "./finish.ts";
import type { Product } from "./product.ts";
import { Script } from "./script.ts";
import { readStatement } from "./statements.ts";

export type { Product } from "./product.ts";

const fileName = (path: string | undefined): string =>
  path
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.\w+$/, "") ?? "";

export function readForeign(text: string, product: Product, { dialects, path }: ReadOptions): Report<Design | null> {
  const [dialect] = dialects;
  if (!dialect) return { value: null, problems: [] };
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const script = new Script(text, product, dialect);
  const { text: own, statements, clientLines } = cut(text, product);
  for (const line of clientLines) script.aside(line.text, "it speaks to the client", line);
  for (const statement of statements) readStatement(script, own, statement);
  const schema = finish(script);
  if (!schema && script.problems.length === 0) {
    const why = "there is no statement in it.";
    return { value: null, problems: [problem("input.unrecognised", "error", { name: fileName(path) || "The text", why })] };
  }
  return { value: schema && { name: fileName(path), schema, diagrams: [] }, problems: script.problems };
}
