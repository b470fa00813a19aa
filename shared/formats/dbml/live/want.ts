/** What of a text is not yet what its design is: one piece after the other, each printed as both have it and compared. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { EnumType, ForeignKey, Schema, Table, TableId } from "../../../model/index.ts";
import type { Design } from "../../json/index.ts";
import { columnLine, Names, Printer, type TableText } from "../write/print.ts";
import type { Drawn } from "./drawn.ts";

/** One side of the comparison. */
export class Side {
  readonly schema: Schema;
  readonly name: string;
  readonly drawn: Drawn;
  readonly printer: Printer;
  readonly names: Names;
  readonly tables: ReadonlyMap<string, Table>;
  readonly keys: ReadonlyMap<string, ForeignKey>;
  readonly enums: ReadonlyMap<string, EnumType>;

  constructor(name: string, schema: Schema, drawn: Drawn, dialect: Dialect) {
    this.schema = schema;
    this.name = name;
    this.drawn = drawn;
    const diagram = { id: "" as never, name: "", positions: new Map(), tints: drawn.tints, areas: [], notes: [] };
    const design: Design = { name, schema, diagrams: [diagram] };
    this.printer = new Printer(design, dialect);
    this.names = new Names(schema, dialect);
    this.tables = new Map(schema.tables.map((table) => [table.id, table]));
    this.keys = new Map(schema.foreignKeys.map((key) => [key.id, key]));
    this.enums = new Map(schema.types.flatMap((type) => (type.kind === "enum" ? [[type.id, type]] : [])));
  }

  relation(id: string): string | null {
    const key = this.keys.get(id);
    const table = key && this.tables.get(key.tableId);
    return table ? this.printer.relation(table, key) : null;
  }

  enumeration(id: string): string | null {
    const type = this.enums.get(id);
    return type ? this.printer.enumeration(type) : null;
  }

  pieces(id: string): TableText | null {
    const table = this.tables.get(id);
    return table ? this.printer.pieces(table) : null;
  }

  /** The members of a group as they are written. */
  members(ids: readonly TableId[]): string[] {
    return ids.flatMap((id) => {
      const table = this.tables.get(id);
      return table ? [this.names.of(table)] : [];
    });
  }
}

/** A table's text, whatever the order of its keys and checks. */
export function tableKey(pieces: TableText | null): string | null {
  if (!pieces) return null;
  const { name, colour, columns, indexes, checks, note } = pieces;
  const lines = [indexes, checks].map((list) => list.map(({ text }) => text).sort());
  return JSON.stringify([name, colour, columns.map(columnLine), lines, note]);
}

/** The relations that a change of tables may have to do with, and those that changed themselves. */
export function relationsOf(touched: ReadonlySet<string>, ...sides: readonly Side[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { schema } of sides)
    for (const key of schema.foreignKeys)
      if (touched.has(key.id) || touched.has(key.tableId) || touched.has(key.refTableId)) found.add(key.id);
  return found;
}
