/** The shapes of everything in a design file: the model, attribute by attribute, with its defaults. */
import type * as model from "../../model/index.ts";
import { flag, id, list, map, may, must, object, oneOf, orNull, pair, record, text, union } from "./shape.ts";

const words = orNull(text);
const options = may(record(text), {});
const comment = may(words, null);
const dependsOn = may(list(text), []);
const deferrable = may(oneOf<model.Deferrable>("no", "immediate", "deferred"), "no");

const namespace = object<model.Namespace>({ id: must(id()), name: must(text), comment });

const identity = object<model.Identity>({ always: must(flag), sequence: may(text, "") });

const column = object<model.Column>({
  id: must(id()),
  name: must(text),
  type: must(text),
  notNull: may(flag, false),
  default: may(words, null),
  identity: may(orNull(identity), null),
  generated: may(orNull(object<{ expression: string; stored: boolean }>({ expression: must(text), stored: must(flag) })), null),
  collation: may(words, null),
  comment,
  inherited: may(flag, false),
  options,
});

const named = <T extends string>() => ({
  id: must(id<T>()),
  name: must(text),
  comment,
});

const key = object<model.KeyConstraint>({
  ...named<model.ConstraintId>(),
  kind: must(oneOf("primary", "unique")),
  columns: must(list(id<model.ColumnId>())),
  deferrable,
  partOf: may(orNull(id<model.ConstraintId>()), null),
  include: may(list(id<model.ColumnId>()), []),
  nullsNotDistinct: may(flag, false),
  withoutOverlaps: may(flag, false),
  options,
});

const check = object<model.CheckConstraint>({
  ...named<model.ConstraintId>(),
  kind: must(oneOf("check")),
  expression: must(text),
  deferrable,
  partOf: may(orNull(id<model.ConstraintId>()), null),
  noInherit: may(flag, false),
  notValid: may(flag, false),
  notEnforced: may(flag, false),
  inherited: may(flag, false),
});

const exclude = object<model.ExcludeConstraint>({
  ...named<model.ConstraintId>(),
  kind: must(oneOf("exclude")),
  definition: must(text),
  deferrable,
  partOf: may(orNull(id<model.ConstraintId>()), null),
});

const constraint = union<model.Constraint>({ primary: key as never, unique: key as never, check, exclude });

const indexPart = object<model.IndexPart>({
  columnId: may(orNull(id<model.ColumnId>()), null),
  expression: may(words, null),
  descending: may(flag, false),
  nulls: may(orNull(oneOf("first", "last")), null),
  opclass: may(words, null),
  collation: may(words, null),
});

const index = object<model.Index>({
  ...named<model.IndexId>(),
  unique: may(flag, false),
  method: may(text, "btree"),
  parts: must(list(indexPart)),
  include: may(list(id<model.ColumnId>()), []),
  nullsNotDistinct: may(flag, false),
  where: may(words, null),
  options,
  partOf: may(orNull(id<model.IndexId>()), null),
});

const table = object<model.Table>({
  ...named<model.TableId>(),
  namespaceId: must(id()),
  kind: may(oneOf<model.Table["kind"]>("table", "foreign", "virtual"), "table"),
  columns: may(list(column), []),
  constraints: may(list(constraint), []),
  indexes: may(list(index), []),
  using: may(words, null),
  unlogged: may(flag, false),
  partitionBy: may(words, null),
  partitionOf: may(orNull(object<{ tableId: model.TableId; bound: string }>({ tableId: must(id()), bound: must(text) })), null),
  inherits: may(list(id<model.TableId>()), []),
  options,
  rowSecurity: may(oneOf<model.Table["rowSecurity"]>("off", "on", "forced"), "off"),
  dependsOn,
});

const action = oneOf<model.ReferentialAction>("no action", "restrict", "cascade", "set null", "set default");

const foreignKey = object<model.ForeignKey>({
  ...named<model.ForeignKeyId>(),
  tableId: must(id()),
  columns: must(list(id<model.ColumnId>())),
  refTableId: must(id()),
  refColumns: must(list(id<model.ColumnId>())),
  onDelete: may(action, "no action"),
  onUpdate: may(action, "no action"),
  onDeleteColumns: may(list(id<model.ColumnId>()), []),
  match: may(oneOf<model.ForeignKey["match"]>("simple", "full"), "simple"),
  deferrable,
  notValid: may(flag, false),
  notEnforced: may(flag, false),
  partOf: may(orNull(id<model.ForeignKeyId>()), null),
});

const typeBase = { ...named<model.TypeId>(), namespaceId: must(id<model.NamespaceId>()), dependsOn };

const type = union<model.UserType>({
  enum: object<model.EnumType>({ ...typeBase, kind: must(oneOf("enum")), values: must(list(text)) }),
  domain: object<model.DomainType>({
    ...typeBase,
    kind: must(oneOf("domain")),
    base: must(text),
    notNull: may(flag, false),
    default: may(words, null),
    collation: may(words, null),
    checks: may(
      list(object<model.DomainType["checks"][number]>({ name: must(text), expression: must(text), notValid: may(flag, false) })),
      [],
    ),
  }),
  composite: object<model.CompositeType>({
    ...typeBase,
    kind: must(oneOf("composite")),
    fields: must(
      list(
        object<model.CompositeType["fields"][number]>({
          name: must(text),
          type: must(text),
          collation: may(words, null),
          comment,
        }),
      ),
    ),
  }),
  range: object<model.RangeType>({ ...typeBase, kind: must(oneOf("range")), subtype: must(text), options }),
});

const sequence = object<model.Sequence>({
  ...named<model.SequenceId>(),
  namespaceId: must(id()),
  type: may(text, "bigint"),
  definition: may(text, ""),
  unlogged: may(flag, false),
  ownedBy: may(
    orNull(object<{ tableId: model.TableId; columnId: model.ColumnId }>({ tableId: must(id()), columnId: must(id()) })),
    null,
  ),
});

const view = object<model.View>({
  ...named<model.ViewId>(),
  namespaceId: must(id()),
  materialized: may(flag, false),
  definition: must(text),
  columns: may(list(object<model.ViewColumn>({ name: must(text), type: may(text, ""), comment, default: may(words, null) })), []),
  indexes: may(list(index), []),
  options,
  dependsOn,
});

const verbatim = object<model.Verbatim>({
  ...named<model.VerbatimId>(),
  kind: must(text),
  namespaceId: may(orNull(id<model.NamespaceId>()), null),
  ownerId: may(orNull(id<model.TableId | model.ViewId>()), null),
  definition: must(text),
  dependsOn,
});

export const schema = object<model.Schema>({
  dialect: must(text),
  namespaces: may(list(namespace), []),
  tables: may(list(table), []),
  foreignKeys: may(list(foreignKey), []),
  types: may(list(type), []),
  sequences: may(list(sequence), []),
  views: may(list(view), []),
  verbatim: may(list(verbatim), []),
});

const tint = oneOf<model.TintName>("teal", "amber", "blue", "violet", "rose", "green", "slate", "orange");

export const diagram = object<model.Diagram>({
  id: must(id()),
  name: must(text),
  positions: may(map<model.TableId | model.ViewId, model.Position>(pair), new Map()),
  tints: may(map<model.TableId | model.ViewId, model.TintName>(tint), new Map()),
  areas: may(
    list(object<model.Area>({ id: must(id()), name: may(text, ""), at: must(pair), size: must(pair), tint: must(tint) })),
    [],
  ),
  notes: may(
    list(object<model.Note>({ id: must(id()), text: may(text, ""), at: must(pair), size: must(pair), tint: must(tint) })),
    [],
  ),
});
