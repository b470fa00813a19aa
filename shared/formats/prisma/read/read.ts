/** A Prisma schema, and the files beside it, as a design. */
import type { Dialect } from "../../../dialects/dialect.ts";
import { problem, type Problem, type Report } from "../../../result/index.ts";
import type { ReadOptions } from "../../format.ts";
import type { Design } from "../../json/index.ts";
import { SchemaDraft } from "../../kit/draft.ts";
import { type Family, familyOf } from "../../kit/family.ts";
import { Faults, Leftovers } from "../../kit/faults.ts";
import type { Enumeration, Expression, Model, PrismaFile, Settings } from "../text/ast.ts";
import { parsePrisma } from "../text/parser.ts";
import { isScalar } from "../types.ts";
import { type Context, mapped, type ModelDraft, type Owned, spanOf } from "./context.ts";
import { readColumn } from "./fields.ts";
import { readKeys } from "./keys.ts";
import { Relations } from "./relations.ts";

interface SourceFile {
  readonly faults: Faults;
  readonly node: PrismaFile;
}

const PROVIDERS: Readonly<Record<string, Family>> = {
  postgresql: "postgres",
  postgres: "postgres",
  cockroachdb: "postgres",
  mysql: "mysql",
  sqlite: "sqlite",
};

const settingText = (settings: Settings | undefined, name: string): string | null => {
  const value: Expression | undefined = settings?.pairs.find((pair) => pair.name.text === name)?.value;
  return value?.kind === "string" || value?.kind === "word" ? value.text : null;
};

/** The dialect that the datasource names; the first one where it names none that is known. */
function dialectOf(source: Settings | undefined, dialects: readonly Dialect[], first: Dialect, problems: Problem[]): Dialect {
  const provider = settingText(source, "provider");
  if (provider === null) return first;
  const family = Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider] : undefined;
  const found = dialects.find((dialect) => familyOf(dialect) === family);
  if (found) return found;
  problems.push(problem("text.dialect", "warning", { name: provider, dialect: first.label }));
  return first;
}

class Binder {
  readonly #context: Context;
  readonly #models = new Map<string, ModelDraft>();

  constructor(dialect: Dialect, files: readonly SourceFile[], leftovers: Leftovers) {
    const models = new Map<string, Owned<Model>>();
    const enums = new Map<string, Owned<Enumeration>>();
    for (const { node, faults } of files) {
      const { tell } = faults;
      const add = <T extends Model | Enumeration>(map: Map<string, Owned<T>>, item: T, what: string): void => {
        const { name } = item;
        if (models.has(name.text) || enums.has(name.text)) tell({ ...spanOf(name), code: "text.twice", what, name: name.text });
        else map.set(name.text, { node: item, tell });
      };
      for (const model of node.models) add(models, model, `The ${model.kind}`);
      for (const item of node.enums) add(enums, item, "The enum");
    }
    this.#context = { dialect, draft: new SchemaDraft(dialect), leftovers, models, enums, found: new Map() };
  }

  design(name: string): Design {
    const context = this.#context;
    for (const owned of context.enums.values()) this.#enum(owned);
    for (const owned of context.models.values()) this.#table(owned);
    for (const model of this.#models.values()) this.#fields(model);
    for (const model of this.#models.values()) readKeys(context, model);
    new Relations(context, this.#models).read();
    // What cannot be joined was told where it stands.
    return { name, schema: context.draft.finish(() => undefined), diagrams: [] };
  }

  #enum(owned: Owned<Enumeration>): void {
    const { node, tell } = owned;
    const values = new Map<string, string>();
    for (const { name, attributes } of node.values) {
      if (values.has(name.text)) tell({ ...spanOf(name), code: "text.twice", what: "The value", name: name.text });
      else values.set(name.text, mapped({ node: { attributes }, tell }, "map") ?? name.text);
    }
    if (values.size === 0)
      tell({ ...spanOf(node.name), code: "text.value", name: `The enum ${node.name.text}`, wanted: "at least one value" });
    const [name, namespace] = [mapped(owned, "map") ?? node.name.text, mapped(owned, "schema")];
    this.#context.found.set(node.name.text, { name, namespace, values });
    if (!this.#context.draft.enum(namespace, name, [...values.values()], node.comment))
      tell({ ...spanOf(node.name), code: "text.twice", what: "The enum", name });
  }

  #table(owned: Owned<Model>): void {
    const { node, tell } = owned;
    const { draft, leftovers } = this.#context;
    if (node.kind === "view") leftovers.leave("Views", "their queries do not stand in the text");
    if (node.kind === "type") leftovers.leave("Composite types", "columns of them hold JSON");
    const [name, namespace] = [mapped(owned, "map") ?? node.name.text, mapped(owned, "schema")];
    if (node.kind !== "model") return;
    const table = draft.table(namespace, name);
    if (!table) {
      tell({ ...spanOf(node.name), code: "text.twice", what: "The table", name });
      return;
    }
    table.comment = node.comment;
    this.#models.set(node.name.text, { node, tell, table, columns: new Map(), optional: new Set(), relations: [] });
  }

  #fields(model: ModelDraft): void {
    const { models, found } = this.#context;
    for (const field of model.node.fields) {
      const { type } = field;
      if (!type) continue;
      const other = type.unsupported ? undefined : models.get(type.text);
      if (other?.node.kind === "model") model.relations.push(field);
      else if (other?.node.kind === "view") continue;
      else if (type.unsupported || isScalar(type.text) || found.has(type.text) || other) readColumn(this.#context, model, field);
      else model.tell({ ...spanOf(type), code: "text.missing", what: "type", name: type.text });
    }
    if (model.table.columns.length === 0)
      model.tell({
        ...spanOf(model.node.name),
        code: "text.value",
        name: `The model ${model.node.name.text}`,
        wanted: "at least one field",
      });
  }
}

/** Files of the same folder, and of those in it, as `prisma` takes a folder for one schema. */
function filesOf(text: string, { files = new Map<string, string>(), path = "" }: ReadOptions): readonly SourceFile[] {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const others = [...files].filter(([name]) => name !== path && name.endsWith(".prisma") && name.startsWith(folder));
  const all: readonly (readonly [string | null, string])[] = [[null, text], ...others.sort(([a], [b]) => (a < b ? -1 : 1))];
  return all.map(([name, content]) => {
    const faults = new Faults(content, name);
    return { faults, node: parsePrisma(content, faults.tell) };
  });
}

/** The last folder or file of a path that says what the schema is of. */
const nameOf = (path: string): string =>
  path
    .split("/")
    .at(-1)
    ?.replace(/\.prisma$/, "") ?? "";

/**
 * Reads a Prisma schema as well as it can be read. What is wrong is told with its place, what a design has no place for is counted; the
 * value is null when there is nothing in the text. Never throws, and takes time in proportion to the text.
 */
export function readPrisma(text: string, options: ReadOptions): Report<Design | null> {
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const [first] = options.dialects;
  if (!first) throw new Error("readPrisma needs a dialect");
  const problems: Problem[] = [];
  const files = filesOf(text, options);
  const sources = files.flatMap(({ node }) => node.settings.filter(({ kind }) => kind === "datasource"));
  const dialect = dialectOf(sources[0], options.dialects, first, problems);
  const leftovers = new Leftovers();
  if (settingText(sources[0], "relationMode") === "prisma")
    leftovers.leave("Relations without foreign keys (relationMode)", "a design has them as foreign keys");
  const design = new Binder(dialect, files, leftovers).design(nameOf(options.path ?? ""));
  const faults = files.flatMap((file) => file.faults.problems());
  const nothing = design.schema.tables.length + design.schema.types.length === 0 && faults.length > 0;
  return { value: nothing ? null : design, problems: [...faults, ...problems, ...leftovers.problems()] };
}
