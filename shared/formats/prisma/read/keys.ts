/** Keys and indexes from `@id`, `@unique`, `@@id`, `@@unique`, `@@index` and `@@fulltext`. */
import type { IndexPart } from "../../../model/index.ts";
import { familyOf } from "../../kit/family.ts";
import { uniqueName } from "../../kit/names.ts";
import type { Attribute, Expression, Field } from "../text/ast.ts";
import { opclassOf } from "../operators.ts";
import { argument, attributeOf, type Context, type ModelDraft, spanOf, textArgument } from "./context.ts";

interface Part {
  readonly column: string;
  readonly order: Partial<IndexPart>;
}

/** `a`, `a(sort: Desc, length: 10, ops: raw("..."))`. */
function partOf(context: Context, model: ModelDraft, expression: Expression): Part | null {
  const { tell } = model;
  if (expression.kind === "broken") return null;
  if (expression.kind !== "word" && expression.kind !== "call") {
    tell({ ...spanOf(expression), code: "text.expected", what: "The name of a field", found: "another value" });
    return null;
  }
  const name = expression.kind === "call" ? expression.name : expression.text;
  const column = model.columns.get(name);
  if (column === undefined) {
    tell({ ...spanOf(expression), code: "text.missing", what: "field", name: `${model.node.name.text}.${name}` });
    return null;
  }
  return { column, order: expression.kind === "call" ? orderOf(context, expression) : {} };
}

function orderOf({ dialect }: Context, call: Pick<Attribute, "args">): Partial<IndexPart> {
  const sort = argument(call, "sort", null);
  const length = argument(call, "length", null);
  const ops = argument(call, "ops", null);
  return {
    ...(sort?.kind === "word" && sort.text === "Desc" ? { descending: true } : {}),
    ...(length?.kind === "number" && dialect.features.prefixLengths ? { opclass: `(${length.text})` } : {}),
    ...(ops ? { opclass: opclassOf(ops) } : {}),
  };
}

function partsOf(context: Context, model: ModelDraft, attribute: Attribute): readonly Part[] {
  const list = argument(attribute, "fields", 0);
  if (list?.kind === "array" && list.items.length > 0) {
    const parts = list.items.map((item) => partOf(context, model, item));
    const whole = parts.filter((part) => part !== null);
    return whole.length === parts.length ? whole : [];
  }
  if (list?.kind === "word") return [partOf(context, model, list) ?? []].flat();
  if (list?.kind !== "broken")
    model.tell({ ...spanOf(attribute), code: "text.value", name: `@@${attribute.name}`, wanted: "a list of fields" });
  return [];
}

const plain = (parts: readonly Part[]): boolean => parts.every(({ order }) => Object.keys(order).length === 0);

/** The database of MySQL does not tell unique keys from unique indexes; in others Prisma makes unique indexes. */
function unique(context: Context, { table }: ModelDraft, parts: readonly Part[], named: string | null): void {
  if (parts.length === 0) return;
  const columns = parts.map(({ column }) => column);
  const name = named ?? uniqueName(table.name, columns, context.dialect);
  if (familyOf(context.dialect) === "mysql" && plain(parts)) table.key("unique", columns, name);
  else table.index({ name, unique: true, parts, order: parts.map(({ order }) => order) });
}

function primary(context: Context, { table, node }: ModelDraft, parts: readonly Part[], named: string | null): void {
  if (parts.length === 0) return;
  const columns = parts.map(({ column }) => column);
  const inline = familyOf(context.dialect) === "sqlite" && columns.length === 1;
  const counts = node.fields.some(
    ({ attributes }) => attributeOf(attributes, "id") && counting(attributeOf(attributes, "default")?.args[0]?.value),
  );
  const options = inline ? { inline: "true", ...(counts ? { autoincrement: "true" } : {}) } : {};
  table.key("primary", columns, named, { options });
}

const counting = (value: Expression | undefined): boolean => value?.kind === "call" && value.name === "autoincrement";

const METHODS: Readonly<Record<string, string>> = {
  BTree: "btree",
  Hash: "hash",
  Gin: "gin",
  Gist: "gist",
  SpGist: "spgist",
  Brin: "brin",
};

function index(context: Context, model: ModelDraft, attribute: Attribute): void {
  const parts = partsOf(context, model, attribute);
  if (parts.length === 0) return;
  const type = argument(attribute, "type", null);
  const method = attribute.name === "fulltext" ? "fulltext" : type?.kind === "word" ? METHODS[type.text] : undefined;
  if (type && method === undefined)
    model.tell({ ...spanOf(type), code: "text.value", name: "type", wanted: "BTree, Hash, Gin, Gist, SpGist or Brin" });
  const more = method !== undefined && context.dialect.features.indexMethods.includes(method) ? { method } : {};
  const order = parts.map((part) => part.order);
  model.table.index({ name: textArgument(model.tell, attribute, "map", null), unique: false, parts, more, order });
}

const ATTRIBUTES: ReadonlySet<string> = new Set(["id", "unique", "index", "fulltext", "map", "schema", "ignore", "shardKey"]);

function ofField(context: Context, model: ModelDraft, field: Field): void {
  const column = model.columns.get(field.name.text);
  if (column === undefined) return;
  for (const name of ["id", "unique"] as const) {
    const attribute = attributeOf(field.attributes, name);
    if (!attribute) continue;
    const order = orderOf(context, attribute);
    const named = textArgument(model.tell, attribute, "map", null);
    (name === "id" ? primary : unique)(context, model, [{ column, order }], named);
  }
}

export function readKeys(context: Context, model: ModelDraft): void {
  const { tell, node } = model;
  for (const field of node.fields) ofField(context, model, field);
  for (const attribute of node.attributes) {
    const { name } = attribute;
    if (name === "id" || name === "unique") {
      const parts = partsOf(context, model, attribute);
      (name === "id" ? primary : unique)(context, model, parts, textArgument(tell, attribute, "map", null));
    } else if (name === "index" || name === "fulltext") index(context, model, attribute);
    else if (!ATTRIBUTES.has(name)) tell({ ...spanOf(attribute), code: "text.setting", name: `@@${name}`, what: "model" });
  }
}
