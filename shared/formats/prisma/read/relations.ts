/** Foreign keys from relation fields, and the tables that join many with many, as `prisma migrate` makes them. */
import type { ReferentialAction } from "../../../model/index.ts";
import { familyOf } from "../../kit/family.ts";
import type { Attribute, Expression, Field } from "../text/ast.ts";
import { argument, attributeOf, type Context, type ModelDraft, spanOf, textArgument } from "./context.ts";

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  NoAction: "no action",
  Restrict: "restrict",
  Cascade: "cascade",
  SetNull: "set null",
  SetDefault: "set default",
};

/** A relation field, whose it is, and what its attribute says. */
interface Side {
  readonly model: ModelDraft;
  readonly field: Field;
  readonly attribute: Attribute | null;
  readonly to: ModelDraft;
  readonly name: string | null;
  /** It holds the foreign key. */
  readonly owns: boolean;
}

export class Relations {
  readonly #context: Context;
  readonly #models: ReadonlyMap<string, ModelDraft>;

  constructor(context: Context, models: ReadonlyMap<string, ModelDraft>) {
    this.#context = context;
    this.#models = models;
  }

  read(): void {
    const sides = [...this.#models.values()].flatMap((model) =>
      model.relations.flatMap((field) => this.#side(model, field) ?? []),
    );
    const groups = new Map<string, Side[]>();
    for (const side of sides) {
      const key = JSON.stringify([[side.model.node.name.text, side.to.node.name.text].sort(), side.name]);
      const group = groups.get(key);
      if (group) group.push(side);
      else groups.set(key, [side]);
    }
    for (const group of groups.values()) this.#group(group);
  }

  #side(model: ModelDraft, field: Field): Side | null {
    const to = this.#models.get(field.type?.text ?? "");
    if (!to) return null;
    const attribute = attributeOf(field.attributes, "relation") ?? null;
    const name = attribute && textArgument(model.tell, attribute, "name", 0);
    const owns = attribute !== null && argument(attribute, "fields", null) !== null;
    return { model, field, attribute, to, name, owns };
  }

  #group(group: readonly Side[]): void {
    const owners = group.filter(({ owns }) => owns);
    const others = group.filter(({ owns }) => !owns);
    for (const owner of owners) this.#foreignKey(owner);
    const [one, other] = others;
    if (owners.length === 0 && others.length === 2 && one && other && one.field.list && other.field.list) {
      this.#joining(one, other);
      return;
    }
    // A self relation of many with many may be said once in older files; all else has two sides.
    if (owners.length === 1 && others.length === 1) return;
    if (group.length > 2) {
      for (const side of group.slice(2)) this.#fault(side, "another relation between these models has the same name");
      return;
    }
    for (const side of group)
      this.#fault(
        side,
        owners.length > 1 ? "both its sides say fields" : `${side.to.node.name.text} has no field that answers it`,
      );
  }

  #fault({ model, field }: Side, why: string): void {
    model.tell({ ...spanOf(field.name), code: "text.place", what: `The relation field ${field.name.text}`, why });
  }

  #columns(model: ModelDraft, expression: Expression | null): readonly string[] {
    if (expression?.kind !== "array") return [];
    const found = expression.items.map((item) => {
      const name = item.kind === "word" ? item.text : "";
      const column = model.columns.get(name);
      if (column === undefined && item.kind !== "broken")
        model.tell({ ...spanOf(item), code: "text.missing", what: "field", name: `${model.node.name.text}.${name}` });
      return column ?? null;
    });
    const known = found.filter((column) => column !== null);
    return known.length === found.length ? known : [];
  }

  #foreignKey({ model, field, attribute, to }: Side): void {
    if (!attribute) return;
    const [fields, references] = ["fields", "references"].map((name) => argument(attribute, name, null));
    const columns = this.#columns(model, fields ?? null);
    const refColumns = this.#columns({ ...to, tell: model.tell }, references ?? null);
    if (![fields, references].every((list) => list?.kind === "array" && list.items.length > 0)) {
      model.tell({ ...spanOf(attribute), code: "text.value", name: "@relation", wanted: "fields and references" });
      return;
    }
    // A field that is not there was told where it is named.
    if (columns.length === 0 || refColumns.length === 0) return;
    if (columns.length !== refColumns.length) {
      model.tell({
        ...spanOf(attribute),
        code: "text.value",
        name: "references",
        wanted: "as many fields as there are in fields",
      });
      return;
    }
    const names = fields?.kind === "array" ? fields.items.flatMap((item) => (item.kind === "word" ? [item.text] : [])) : [];
    const optional = field.optional && names.every((name) => model.optional.has(name));
    this.#context.draft.relate({
      ...{ table: model.table, columns, to: to.table, refColumns },
      name: textArgument(model.tell, attribute, "map", null),
      onDelete: this.#action(model, attribute, "onDelete") ?? (optional ? "set null" : "restrict"),
      onUpdate: this.#action(model, attribute, "onUpdate") ?? "cascade",
      comment: null,
    });
  }

  #action({ tell }: ModelDraft, attribute: Attribute, name: string): ReferentialAction | null {
    const value = argument(attribute, name, null);
    if (value === null || value.kind === "broken") return null;
    const action = value.kind === "word" ? ACTIONS[value.text] : undefined;
    if (action) return action;
    tell({ ...spanOf(value), code: "text.value", name, wanted: "Cascade, Restrict, NoAction, SetNull or SetDefault" });
    return null;
  }

  /** `_AToB` with the columns A and B, in the order of the models' names. */
  #joining(one: Side, other: Side): void {
    const { draft, dialect } = this.#context;
    const [a, b] = [one, other].sort((x, y) => (x.model.node.name.text < y.model.node.name.text ? -1 : 1));
    const ends = [a, b].map((side) => side && { side, key: side.model.table.primaryColumns });
    const [first, second] = ends;
    if (!a || !b || !first || !second) return;
    const lacks = ends.find((end) => end?.key.length !== 1);
    if (lacks) {
      this.#fault(
        lacks.side,
        `many with many needs a model with an @id of one field, and ${lacks.side.model.node.name.text} has none`,
      );
      return;
    }
    const name = `_${a.name ?? `${a.model.node.name.text}To${b.model.node.name.text}`}`;
    const table = draft.table(a.model.table.namespace.name, name);
    if (!table) {
      this.#fault(a, `there is a table named ${name} already`);
      return;
    }
    for (const [column, { side, key }] of [["A", first] as const, ["B", second] as const]) {
      const type = side.model.table.column(key[0] ?? "")?.type ?? "";
      table.add({ name: column, type, notNull: true });
      const ends = { table, columns: [column], to: side.model.table, refColumns: key };
      draft.relate({ ...ends, name: `${name}_${column}_fkey`, onDelete: "cascade", onUpdate: "cascade", comment: null });
    }
    if (familyOf(dialect) === "postgres") table.key("primary", ["A", "B"], `${name}_AB_pkey`);
    else if (familyOf(dialect) === "mysql") table.key("unique", ["A", "B"], `${name}_AB_unique`);
    else table.index({ name: `${name}_AB_unique`, unique: true, parts: [{ column: "A" }, { column: "B" }] });
    table.index({ name: `${name}_B_index`, unique: false, parts: [{ column: "B" }] });
  }
}
