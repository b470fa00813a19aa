/** Texts as designs: once, or again and again as a person types. */
import { problem, type Problem, type Report } from "../../../result/index.ts";
import type { ReadOptions } from "../../format.ts";
import type { Design } from "../../json/index.ts";
import { dialectCalled } from "../../kit/dialect-named.ts";
import { Binder, pairText } from "./binder.ts";
import { Context } from "./context.ts";
import { problemsIn } from "./faults.ts";
import { Files } from "./files.ts";
import { Memory } from "./memory.ts";

/** Reads one text after another. */
export interface DbmlReader {
  /**
   * What `readDbml` gives for the text. Elements that are written as they were in the text before are not read again; tables, foreign
   * keys, types, sequences and namespaces that are equal to those before are the same objects, and lists of nothing else the same lists.
   */
  readonly read: (text: string) => Report<Design | null>;
}

/** A reader that remembers the text before. The files that are used may change between texts too. */
export function createReader({ dialects, files = new Map(), path = "main.dbml", beside = [] }: ReadOptions): DbmlReader {
  const [first] = dialects;
  if (!first) throw new Error("a reader of DBML needs a dialect");
  const memory = new Memory();
  const read = (text: string): Report<Design | null> => {
    if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
    const problems: Problem[] = [];
    let dialect = first;
    const all = new Files(files, memory.sources);
    const main = all.open(path, text, beside, ({ projects }) => {
      const called = pairText(projects[0]?.pairs ?? [], "database_type");
      const found = called === null ? first : dialectCalled(called, dialects);
      if (!found) problems.push(problem("text.dialect", "warning", { name: called ?? "", dialect: first.label }));
      dialect = found ?? first;
      return new Set(["public", dialect.features.defaultNamespace]);
    });
    memory.begin(dialect, all);
    const context = new Context(dialect, all);
    const { design, aside } = new Binder(context, main, memory).design();
    const told = problemsIn(all, main, context.told.faults);
    const nothing = design.schema.tables.length + design.schema.types.length === 0 && told.length > 0;
    return { value: nothing ? null : design, problems: [...told, ...problems, ...aside] };
  };
  return { read };
}

/**
 * Reads a DBML text as well as it can be read. What is wrong is told with its place, what a design cannot hold by its number; the value
 * is null when there is nothing in the text. Never throws, and takes time in proportion to the text.
 */
export const readDbml = (text: string, options: ReadOptions): Report<Design | null> => createReader(options).read(text);
