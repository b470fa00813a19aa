/** Columns from fields: their types, whether they may be empty, and their defaults. */
import { type Constant, isJson, type Receiver, sqlOf } from "../constants.ts";
import type { Attribute, Expression, Field } from "../text/ast.ts";
import { isScalar, typeOfNative, usualType } from "../types.ts";
import { familyOf } from "../../kit/family.ts";
import { attributeOf, type Context, mapped, type ModelDraft, spanOf } from "./context.ts";

/** Attributes of fields; `db.X` beside them. */
const KNOWN: ReadonlySet<string> = new Set(["id", "unique", "default", "map", "relation", "updatedAt", "ignore", "shardKey"]);
/** Functions whose values Prisma's client makes: the database knows nothing of them. */
const CLIENT: ReadonlySet<string> = new Set(["uuid", "cuid", "ulid", "nanoid", "auto"]);

/** The type of a column as the engine prints it, without brackets. */
function receiverOf(context: Context, model: ModelDraft, field: Field): Receiver | null {
  const { dialect } = context;
  const { type, list } = field;
  if (!type) return null;
  const plain = { native: null, list, values: null };
  if (type.unsupported) return { ...plain, scalar: null, type: dialect.types.canonical(type.text) };
  const native = field.attributes.find(({ name }) => name.startsWith("db."));
  if (isScalar(type.text)) {
    const found = native ? nativeType(context, model, native, type.text) : null;
    return { ...plain, scalar: type.text, native: native?.name ?? null, type: found ?? usualType(type.text, dialect) };
  }
  const known = context.found.get(type.text);
  if (!known) return { ...plain, scalar: "Json", type: usualType("Json", dialect) };
  return { ...plain, scalar: null, type: enumType(context, known), values: [...known.values.values()] };
}

function enumType(
  { dialect, draft, leftovers }: Context,
  found: { name: string; namespace: string | null; values: ReadonlyMap<string, string> },
): string {
  const { identifier, literal } = dialect.quote;
  if (dialect.features.enums) return `${identifier(draft.namespace(found.namespace).name)}.${identifier(found.name)}`;
  const listed = dialect.types.common.includes("enum");
  if (!listed) leftovers.leave("Lists of values", `${dialect.label} has no enums; the columns hold texts`);
  const values = [...found.values.values()].map((value) => literal(value).trim()).join(",");
  return dialect.types.canonical(listed ? `enum(${values})` : usualType("String", dialect));
}

function nativeType(
  { dialect }: Context,
  { tell }: ModelDraft,
  { name, args, start, end }: Attribute,
  scalar: string,
): string | null {
  const words = args.flatMap(({ value }) => ("text" in value ? [value.text] : []));
  if (!isScalar(scalar)) return null;
  const found = typeOfNative(name.slice(3), words, scalar, dialect);
  if ("type" in found) return found.type;
  if (found.wrong === "name") tell({ start, end, code: "text.setting", name: `@${name}`, what: `column of ${dialect.label}` });
  else if (found.wrong === "scalar")
    tell({ start, end, code: "text.place", what: `@${name}`, why: `it is no type of ${scalar}` });
  else tell({ start, end, code: "text.value", name: `@${name}`, wanted: "its length or digits, as whole numbers" });
  return null;
}

/** What a default says: a constant, a number that counts up, nothing for the database; or what should have stood there. */
type Said =
  Constant | { readonly kind: "increment" } | { readonly kind: "none" } | { readonly kind: "wrong"; readonly wanted: string };

function called(context: Context, name: string, args: readonly { readonly value: Expression }[]): Said {
  if (name === "now") return { kind: "now" };
  if (name === "autoincrement" || name === "sequence") return { kind: "increment" };
  if (name === "dbgenerated") {
    const [first] = args;
    if (first?.value.kind === "string" && first.value.text.trim() !== "") return { kind: "generated", text: first.value.text };
    if (!first) return { kind: "none" };
    return { kind: "wrong", wanted: "an expression in quotes" };
  }
  if (!CLIENT.has(name))
    return { kind: "wrong", wanted: "now(), autoincrement(), dbgenerated(...), uuid(), cuid() or a constant" };
  context.leftovers.leave(`Defaults such as ${name}()`, "Prisma's client makes the value, not the database");
  return { kind: "none" };
}

function saidBy(context: Context, expression: Expression, field: Field, receiver: Receiver): Said {
  switch (expression.kind) {
    case "number":
      return { kind: "number", text: expression.text };
    case "string":
      if (receiver.scalar === "Json" && !isJson(expression.text)) return { kind: "wrong", wanted: "JSON in quotes" };
      if (receiver.scalar !== "Bytes") return { kind: "string", text: expression.text };
      return { kind: "generated", text: bytesSql(context, expression.text) };
    case "array": {
      const items = expression.items.map((item) => saidBy(context, item, field, receiver));
      const constants = items.filter((item): item is Constant => !["increment", "none", "wrong"].includes(item.kind));
      if (!field.list || constants.length < items.length) return { kind: "wrong", wanted: "one value, or a list for a list" };
      return { kind: "list", items: constants };
    }
    case "call":
      return called(context, expression.name, expression.args);
    case "word": {
      if (expression.text === "true" || expression.text === "false")
        return { kind: "boolean", value: expression.text === "true" };
      const value = field.type ? context.found.get(field.type.text)?.values.get(expression.text) : undefined;
      return value === undefined ? { kind: "wrong", wanted: "a value of its type" } : { kind: "value", text: value };
    }
    case "broken":
      return { kind: "none" };
  }
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes are written in base 64. */
function bytesSql({ dialect }: Context, text: string): string {
  let [bits, count, hex] = [0, 0, ""];
  for (const c of text.replace(/=+$/, "")) {
    bits = ((bits << 6) | Math.max(0, BASE64.indexOf(c))) & 0x3fff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    hex += ((bits >> count) & 0xff).toString(16).padStart(2, "0");
  }
  return familyOf(dialect) === "postgres" ? `'\\x${hex}'::bytea` : `X'${hex}'`;
}

/** Puts a field's column into its model's table. */
export function readColumn(context: Context, model: ModelDraft, field: Field): void {
  const { tell, table } = model;
  const receiver = receiverOf(context, model, field);
  if (!receiver) return;
  const name = mapped({ node: field, tell }, "map") ?? field.name.text;
  const { list } = field;
  const added = table.add({
    name,
    type: list ? `${receiver.type}[]` : receiver.type,
    notNull: !field.optional && !list,
    comment: field.comment,
  });
  if (!added || model.columns.has(field.name.text)) {
    tell({ ...spanOf(field.name), code: "text.twice", what: "The field", name: field.name.text });
    return;
  }
  model.columns.set(field.name.text, name);
  if (field.optional || list) model.optional.add(field.name.text);
  if (list && !context.dialect.features.arrays)
    tell({
      ...spanOf(field),
      end: field.name.end,
      code: "text.place",
      what: "This list",
      why: `${context.dialect.label} has none`,
    });
  for (const attribute of field.attributes)
    if (!KNOWN.has(attribute.name) && !attribute.name.startsWith("db."))
      tell({ ...spanOf(attribute), code: "text.setting", name: `@${attribute.name}`, what: "field" });
  if (attributeOf(field.attributes, "updatedAt"))
    context.leftovers.leave("Fields with @updatedAt", "Prisma's client sets them, not the database");
  readDefault(context, model, field, receiver, name);
}

function readDefault(context: Context, { table, tell }: ModelDraft, field: Field, receiver: Receiver, column: string): void {
  const attribute = attributeOf(field.attributes, "default");
  if (!attribute) return;
  const value = attribute.args[0]?.value;
  if (!value) {
    tell({ ...spanOf(attribute), code: "text.value", name: "@default", wanted: "a value" });
    return;
  }
  const said = saidBy(context, value, field, receiver);
  if (said.kind === "wrong") tell({ ...spanOf(value), code: "text.value", name: "@default", wanted: said.wanted });
  else if (said.kind === "increment") increment(context, table, column);
  else if (said.kind !== "none") table.patch(column, { default: sqlOf(said, receiver, context.dialect) });
}

/** SQLite says it with the key: see `keys.ts`. */
function increment({ dialect }: Context, table: ModelDraft["table"], column: string): void {
  if (dialect.features.sequences) table.serial(column);
  else if (dialect.features.identity) table.patch(column, { notNull: true, identity: { always: false, sequence: "" } });
}
