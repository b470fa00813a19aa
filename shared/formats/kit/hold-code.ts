/** A design as code can say it: what an engine would refuse is taken away too, since a compiler refuses it as well. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column } from "../../model/index.ts";
import type { Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { familyOf } from "./family.ts";
import { holdBy } from "./hold.ts";
import { BARE, type Holds, type LossKey } from "./losses.ts";
import { settled } from "./settled.ts";

/** What classes and schema files of an ORM say, where it says everything that one can: a format takes away what it does not. */
export const CODE: Holds = {
  ...BARE,
  ...{
    enums: true,
    notNull: true,
    defaults: true,
    generated: true,
    increment: "both",
    tableComments: true,
    columnComments: true,
  },
  ...{ primaryKeys: true, uniqueKeys: true, uniqueKeyNames: true, checks: true, checkNames: true },
  ...{ relations: true, relationNames: true, compositeRelations: true, actions: true },
  ...{ indexes: true, indexNames: true, expressionIndexes: true, indexMethods: true, indexOrder: true, indexConditions: true },
};

/** What of it there is in a dialect: only PostgreSQL has names of primary keys that outlive the table's making. */
export const codeOf = (said: Holds, dialect: Dialect): Holds => ({
  ...said,
  namespaces: dialect.features.namespaces,
  primaryKeyNames: familyOf(dialect) === "postgres",
});

/** `holdBy`, settled: enums have values, whole numbers count, and a generated column has nothing beside its expression. */
export function holdCode(design: Design, dialect: Dialect, holds: Holds): Held {
  const held = holdBy(design, dialect, holds);
  const lost = new Map(held.lost);
  const count = (key: LossKey): void => void lost.set(key, (lost.get(key) ?? 0) + 1);
  const column = (of: Column): Column => {
    const { kind, array } = dialect.types.parse(of.type);
    const whole = kind === "integer" && array === 0 && of.generated === null;
    if (of.identity && !whole) count("increment");
    const identity = whole ? of.identity : null;
    const taken = of.generated !== null || identity !== null;
    if (taken && of.default !== null) count("defaults");
    return { ...of, identity, default: taken ? null : of.default };
  };
  const schema = settled(held.design.schema, dialect);
  const types = schema.types.filter((type) => type.kind !== "enum" || type.values.length > 0);
  for (let at = types.length; at < schema.types.length; at += 1) count("enums");
  const tables = schema.tables.map((table) => ({ ...table, columns: table.columns.map(column) }));
  return { design: { ...held.design, schema: { ...schema, types, tables } }, lost };
}
