/**
 * Names of models, fields, enums and relations, in the manner of `prisma db pull`: those of the database where they can be names, else
 * what is left of them; relations after the models that they join, with their columns where that would not tell them apart.
 */
import type { Column, EnumType, Schema, Table } from "../../../model/index.ts";
import { Identifiers } from "../../kit/identifiers.ts";
import { type Link, linksOf } from "../../kit/links.ts";
import type { Facts } from "./column.ts";
import reserved from "./reserved.json" with { type: "json" };

const RESERVED: ReadonlySet<string> = new Set(reserved);
/** They would be read as constants. */
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** What is left of a name. */
function plain(name: string, usual: string): string {
  const left = name.replace(/[^A-Za-z\d_]/g, "_").replace(/^[^A-Za-z]+/, "");
  if (left === "") return usual;
  return RESERVED.has(left) ? `Renamed${left}` : left;
}

/** One end of a relation. */
export interface End {
  readonly field: string;
  readonly link: Link;
  /** Where the relation must be named; null where its models tell it. */
  readonly name: string | null;
  readonly owns: boolean;
}

/** An enum of the text: one of the design's, or the list of one column. */
export interface NamedEnum {
  readonly name: string;
  readonly type: EnumType | null;
  /** The words for the values, by the values. */
  readonly values: ReadonlyMap<string, string>;
}

export class Naming {
  readonly models = new Map<string, string>();
  readonly fields = new Map<string, string>();
  /** By the id of the type, or of the column that lists it. */
  readonly enums = new Map<string, NamedEnum>();
  /** By the id of the table, in the order of the columns. */
  readonly ends = new Map<string, End[]>();
  readonly #inModel = new Map<string, Identifiers>();

  constructor(schema: Schema, facts: ReadonlyMap<string, Facts>) {
    const global = new Identifiers();
    const namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    const counts = new Map<string, number>();
    for (const { name } of [...schema.tables, ...schema.types]) counts.set(name, (counts.get(name) ?? 0) + 1);
    // Two of one name in several namespaces are told apart by these.
    const full = ({ name, namespaceId }: Table | EnumType): string =>
      (counts.get(name) ?? 0) > 1 ? `${namespaces.get(namespaceId) ?? ""}_${name}` : name;
    for (const table of schema.tables) this.models.set(table.id, global.take(plain(full(table), "Model")));
    for (const type of schema.types)
      if (type.kind === "enum") this.#enum(type.id, global.take(plain(full(type), "Enum")), type.values, type);
    for (const table of schema.tables) this.#columns(table, facts, global);
    this.#relations(linksOf(schema));
  }

  #enum(id: string, name: string, values: readonly string[], type: EnumType | null): void {
    const words = new Identifiers(CONSTANTS);
    this.enums.set(id, { name, type, values: new Map(values.map((value) => [value, words.take(plain(value, "Value"))])) });
  }

  #columns(table: Table, facts: ReadonlyMap<string, Facts>, global: Identifiers): void {
    const fields = new Identifiers();
    this.#inModel.set(table.id, fields);
    for (const column of table.columns) {
      this.fields.set(column.id, fields.take(plain(column.name, "field")));
      const listed = facts.get(column.id)?.listed;
      if (listed) this.#enum(column.id, global.take(plain(`${table.name}_${column.name}`, "Enum")), listed, null);
    }
  }

  field = ({ id }: Column): string => this.fields.get(id) ?? "";

  #take(table: Table, wanted: string): string {
    return this.#inModel.get(table.id)?.take(wanted) ?? wanted;
  }

  #relations(links: readonly Link[]): void {
    const pairs = new Map<string, Link[]>();
    for (const link of links) {
      const pair = [link.table.id, link.target.id].sort().join("\0");
      const known = pairs.get(pair);
      if (known) known.push(link);
      else pairs.set(pair, [link]);
    }
    const names = new Map<string, Identifiers>();
    for (const link of links) {
      const pair = [link.table.id, link.target.id].sort().join("\0");
      const self = link.table.id === link.target.id;
      const alone = (pairs.get(pair)?.length ?? 0) < 2;
      const [model = "", target = ""] = [this.models.get(link.table.id), this.models.get(link.target.id)];
      if (!names.has(pair)) names.set(pair, new Identifiers());
      const columns = link.columns.map((column) => this.field(column)).join("_");
      const name =
        alone && !self ? null : (names.get(pair)?.take(alone ? `${model}To${target}` : `${model}_${columns}To${target}`) ?? "");
      const forward = this.#take(link.table, alone ? target : `${target}_${name ?? ""}`);
      const back = this.#take(link.target, `${self ? "other_" : ""}${alone ? model : `${model}_${name ?? ""}`}`);
      this.#end(link.table, { field: forward, link, name, owns: true });
      this.#end(link.target, { field: back, link, name, owns: false });
    }
  }

  #end({ id }: Table, end: End): void {
    const ends = this.ends.get(id);
    if (ends) ends.push(end);
    else this.ends.set(id, [end]);
  }
}
