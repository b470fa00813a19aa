/**
 * Every command of a design, as a person gives it: those of `shared/edit`, and those that the document takes itself. The compiler asks
 * for a line here when `shared/edit` gets another one; `QUESTIONS` are its functions that change nothing.
 */
import { postgres } from "#shared/dialects/postgres/index.ts";
import type { DesignDoc } from "#shared/doc/index.ts";
import * as commands from "#shared/edit/index.ts";
import type {
  AreaId,
  Change,
  Constraint,
  ForeignKey,
  Index,
  KeyConstraint,
  Mint,
  NoteId,
  Schema,
  Sequence,
  Table,
  TintName,
  UserType,
  View,
} from "#shared/model/index.ts";
import { type Make, NAMES, ofColumn, ofTable, type Pick } from "./edits.ts";

/** What asks about a design, or helps a command, and gives no changes. */
export const QUESTIONS = [
  "misfits",
  "makePart",
  "primaryKey",
  "uniqueOf",
  "moved",
  "collationNamed",
  "freeName",
  "cutOut",
  "typeKinds",
  "followed",
  "usedBy",
  "meantBy",
  "pick",
] as const satisfies readonly (keyof typeof commands)[];

const TYPES = ["integer", "text", "bigint", "public.status"];
const dialect = postgres;

/** An edit of one item of some list; nothing where there is none. */
const of =
  <T>(
    list: (schema: Schema) => readonly T[],
    make: (item: T, pick: Pick, mint: Mint, schema: Schema) => readonly Change[],
  ): Make =>
  (schema, pick, mint) => {
    const item = pick.of(list(schema));
    return item === null ? [] : make(item, pick, mint, schema);
  };
interface In<T> {
  readonly table: Table;
  readonly item: T;
}
const inTables =
  <T>(list: (table: Table) => readonly T[]) =>
  ({ tables }: Schema): readonly In<T>[] =>
    tables.flatMap((table) => list(table).map((item) => ({ table, item })));
const indexes = inTables<Index>((table) => table.indexes);
const constraints = inTables<Constraint>((table) => table.constraints);
const keys = inTables<KeyConstraint>((table) => table.constraints.filter((item): item is KeyConstraint => "columns" in item));
const enums = (schema: Schema) => schema.types.filter((type) => type.kind === "enum");
const few = <T>(list: readonly T[], pick: Pick): readonly T[] => {
  const found = [pick.of(list), pick.of(list)].filter((item): item is T => item !== null);
  return [...new Set(found)];
};
const name = (pick: Pick): string => pick.of(NAMES) ?? "";

/** By the names that `shared/edit` exports them under. */
export const COMMANDS = {
  addColumn: ofTable((table, pick, mint) => commands.addColumn(table, mint, pick.of([null, 0, 1]), name(pick)).changes),
  generate: ofColumn((table, column, pick) => commands.generate(table, column, pick.of([true, false, null]))),
  giveIdentity: ofColumn((table, column, pick) => commands.giveIdentity(table, column, pick.of([true, false, null]))),
  dropColumn: ofColumn((table, column, _pick, schema) => commands.dropColumn(schema, table, column)),
  moveColumn: ofColumn((table, column, pick) => commands.moveColumn(table, column.id, pick.number() % 4)),
  patchColumn: ofColumn((table, column, pick) => {
    const text = `${name(pick)}${String(pick.number())}`;
    const patch = pick.of([{ comment: text }, { default: text }, { notNull: !column.notNull }, { collation: text }]);
    return commands.patchColumn(table, column, patch ?? {});
  }),
  retype: ofColumn((table, column, pick, schema) => {
    const type = pick.of(TYPES) ?? "text";
    return commands.retype([{ table, column }, ...commands.misfits(schema, table, { ...column, type })], type);
  }),
  addIndex: ofTable((table, pick, mint) => commands.addIndex(table, few(table.columns, pick), mint, pick.number() % 2 === 0)),
  addPart: of(indexes, ({ table, item }, pick) => {
    const column = pick.of(table.columns);
    return column ? commands.addPart(table, item, { columnId: column.id }) : [];
  }),
  movePart: of(indexes, ({ table, item }) => commands.movePart(table, item, 0, 1)),
  patchIndex: of(indexes, ({ table, item }, pick) =>
    commands.patchIndex(table, item, pick.of([{ name: name(pick) }, { unique: !item.unique }, { where: name(pick) }]) ?? {}),
  ),
  patchPart: of(indexes, ({ table, item }, pick) => commands.patchPart(table, item, 0, { descending: pick.number() % 2 === 0 })),
  removePart: of(indexes, ({ table, item }, pick) => commands.removePart(table, item, pick.number() % 2)),
  setMethod: of(indexes, ({ table, item }, pick) => commands.setMethod(table, item, pick.of(["hash", "btree", "gin"]) ?? "")),
  toggleInclude: of(indexes, ({ table, item }, pick) => {
    const column = pick.of(table.columns);
    return column ? commands.toggleInclude(table, item, column.id) : [];
  }),
  addCheck: ofTable((table, pick, mint) => commands.addCheck(table, `${name(pick)} > 0`, mint)),
  addExclusion: ofTable((table, pick, mint) => commands.addExclusion(table, `USING gist (${name(pick)} WITH =)`, mint)),
  addKey: ofTable((table, pick, mint) => {
    const kind = pick.number() % 2 === 0 ? "primary" : "unique";
    return commands.addKey(table, kind, few(table.columns, pick), dialect, mint)?.changes ?? [];
  }),
  patchConstraint: of(constraints, ({ table, item }, pick) =>
    commands.patchConstraint(table, item, { ...item, ...pick.of([{ name: name(pick) }, { comment: name(pick) }]) }),
  ),
  setKeyColumns: of(keys, ({ table, item }, pick) =>
    commands.setKeyColumns(
      table,
      item,
      few(table.columns, pick).map(({ id }) => id),
    ),
  ),
  togglePrimary: ofColumn((table, column, _pick, _schema, mint) => commands.togglePrimary(table, column, dialect, mint)),
  toggleUnique: ofColumn((table, column, _pick, _schema, mint) => commands.toggleUnique(table, column, dialect, mint)),
  duplicate: ofTable((table, _pick, mint, schema) => commands.duplicate(schema, new Set([table.id]), dialect, mint).changes),
  pasteInto: ofTable(
    (table, _pick, mint, schema) =>
      commands.pasteInto(schema, commands.cutOut(schema, new Set([table.id]), dialect), dialect, mint).changes,
  ),
  createTable: (schema, pick, mint) => commands.createTable(schema, dialect, mint, name(pick)).changes,
  dropTables: (schema, pick) => {
    const relation = pick.of([...schema.tables, ...schema.views]);
    return relation ? commands.dropTables(schema, new Set([relation.id])) : [];
  },
  patchTable: ofTable((table, pick) =>
    commands.patchTable(table, pick.of([{ comment: name(pick) }, { unlogged: !table.unlogged }, { rowSecurity: "on" }]) ?? {}),
  ),
  renameColumn: ofColumn((table, column, pick, schema) => commands.renameColumn(schema, table, column, name(pick), dialect)),
  renameRelation: (schema, pick) => {
    const relation = pick.of([...schema.tables, ...schema.views]);
    const namespaceId = pick.of(schema.namespaces)?.id;
    const to = pick.number() % 3 === 0 && namespaceId ? { namespaceId } : { name: name(pick) };
    return relation ? commands.renameRelation(schema, relation, to, dialect) : [];
  },
  renameSequence: of<Sequence>(
    ({ sequences }) => sequences,
    (item, pick, _mint, schema) => commands.renameSequence(schema, item, { name: name(pick) }, dialect),
  ),
  renameType: of<UserType>(
    ({ types }) => types,
    (item, pick, _mint, schema) => commands.renameType(schema, item, name(pick), dialect),
  ),
  renameValue: of(enums, (item, pick, _mint, schema) => commands.renameValue(schema, item, 0, name(pick), dialect)),
  createSequence: (schema, _pick, mint) => commands.createSequence(schema, dialect, mint)?.changes ?? [],
  createType: (schema, pick, mint) =>
    commands.createType(schema, pick.of(commands.typeKinds(dialect)) ?? "enum", dialect, mint)?.changes ?? [],
  patchSequence: of<Sequence>(
    ({ sequences }) => sequences,
    (item, pick) => commands.patchSequence(item, pick.of([{ comment: name(pick) }, { type: "integer" }]) ?? {}),
  ),
  patchType: of<UserType>(
    ({ types }) => types,
    (item, pick) =>
      commands.patchType(
        item,
        item.kind === "enum" ? { ...item, values: [...item.values, String(pick.number())] } : { ...item, comment: name(pick) },
      ),
  ),
  createView: (schema, pick, mint) =>
    commands.createView(schema, pick.of(schema.tables), { materialized: pick.number() % 2 === 0 }, dialect, mint)?.changes ?? [],
  patchView: of<View>(
    ({ views }) => views,
    (item, pick) => commands.patchView(item, { comment: name(pick) }),
  ),
  setQuery: of<View>(
    ({ views }) => views,
    (item, pick, _mint, schema) => commands.setQuery(schema, item, ` SELECT ${String(pick.number())} AS a`, dialect),
  ),
  addPair: of<ForeignKey>(
    ({ foreignKeys }) => foreignKeys,
    (item, _pick, _mint, schema) => commands.addPair(schema, item),
  ),
  connect: (schema, pick, mint) => {
    const [from, to] = [pick.of(schema.tables), pick.of(schema.tables)];
    if (!from || !to) return [];
    return (
      commands.connect(schema, { table: from, column: pick.of(from.columns) }, { table: to, column: null }, dialect, mint)
        ?.changes ?? []
    );
  },
  patchForeignKey: of<ForeignKey>(
    ({ foreignKeys }) => foreignKeys,
    (item, pick) => commands.patchForeignKey(item, pick.of([{ onDelete: "cascade" }, { name: name(pick) }] as const) ?? {}),
  ),
  removePair: of<ForeignKey>(
    ({ foreignKeys }) => foreignKeys,
    (item) => commands.removePair(item, 0),
  ),
  setPair: of<ForeignKey>(
    ({ foreignKeys }) => foreignKeys,
    (item, pick, _mint, schema) => {
      const column = pick.of(schema.tables.find(({ id }) => id === item.tableId)?.columns ?? []);
      return column ? commands.setPair(item, 0, "columns", column.id) : [];
    },
  ),
} satisfies Readonly<Record<Exclude<keyof typeof commands, (typeof QUESTIONS)[number]>, Make>>;
export type CommandName = keyof typeof COMMANDS;

/** A value of the diagram, by its root map and id; undefined: it was taken away. */
export interface Drawn {
  readonly key: string;
  readonly value: unknown;
}
type Draw = (design: DesignDoc, pick: Pick, mint: Mint) => readonly Drawn[];

const anything = ({ snapshot }: DesignDoc, pick: Pick) => pick.of([...snapshot.schema.tables, ...snapshot.schema.views]);

/** Commands of the document itself, by the method that takes them. */
export const DRAWS = {
  rename: (design, pick) => {
    const value = `Design ${String(pick.number())}`;
    design.rename(value);
    return [{ key: "name", value }];
  },
  place: (design, pick) => {
    const item = anything(design, pick);
    if (!item) return [];
    const value: [number, number] = [pick.number(), pick.number()];
    design.place(new Map([[item.id, value]]), "Move");
    return [{ key: `positions ${item.id}`, value }];
  },
  tint: (design, pick) => {
    const item = anything(design, pick);
    const value: TintName = pick.of(["slate", "teal", "amber"] as const) ?? "slate";
    if (item) design.tint([item.id], value);
    return item ? [{ key: `tints ${item.id}`, value }] : [];
  },
  put: (design, pick, mint) => {
    const { areas, notes } = design.snapshot.diagram;
    const box = { at: [pick.number(), pick.number()], size: [9, 9], tint: "slate" } as const;
    const isArea = pick.number() % 2 === 0;
    const known = pick.number() % 2 === 0 ? pick.of<{ readonly id: string }>(isArea ? areas : notes) : null;
    const id = known?.id ?? mint();
    const value = isArea ? { ...box, name: name(pick) } : { ...box, text: name(pick) };
    if (isArea) design.put("areas", { ...value, id: id as AreaId } as never);
    else design.put("notes", { ...value, id: id as NoteId } as never);
    return [{ key: `${isArea ? "areas" : "notes"} ${id}`, value }];
  },
  remove: (design, pick) => {
    const [area, note] = [pick.of(design.snapshot.diagram.areas), pick.of(design.snapshot.diagram.notes)];
    if (area) design.remove("areas", area.id);
    else if (note) design.remove("notes", note.id);
    const gone = area ? `areas ${area.id}` : note && `notes ${note.id}`;
    return gone ? [{ key: gone, value: undefined }] : [];
  },
} satisfies Readonly<Record<string, Draw>>;
export type DrawName = keyof typeof DRAWS;
