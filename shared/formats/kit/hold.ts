/** Takes away from a design, by data, what a format cannot say, and counts it: see `losses.ts`. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Diagram, EnumType, Namespace, Schema, Table } from "../../model/index.ts";
import type { Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { Losses } from "./count.ts";
import { heldIndexes, heldRelations } from "./hold-keys.ts";
import { heldTable } from "./hold-table.ts";
import type { Holds } from "./losses.ts";
import { Numbering } from "./numbering.ts";

const DEFAULT = "namespace:default" as Namespace["id"];

interface Placed {
  readonly namespaceId: Namespace["id"];
  readonly name: string;
}

/** Types of columns by other names, array brackets and all. */
function retyped(table: Table, names: ReadonlyMap<string, string>, { types }: Dialect): Table {
  if (names.size === 0) return table;
  const columns = table.columns.map((column) => {
    const { name } = types.parse(column.type);
    const now = names.get(name);
    return now !== undefined && column.type.startsWith(name) ? { ...column, type: now + column.type.slice(name.length) } : column;
  });
  return { ...table, columns };
}

/** Where namespaces are lost, two things of one name must not meet: the later one is called `namespace_name`. */
function flat(schema: Schema, dialect: Dialect, lost: Losses): Schema {
  const { features } = dialect;
  const { identifier } = dialect.quote;
  const usual = schema.namespaces.find(({ name }) => name === features.defaultNamespace);
  lost.count("namespaces", schema.namespaces.filter((namespace) => namespace !== usual).length);
  const home: Namespace = { id: usual?.id ?? DEFAULT, name: features.defaultNamespace, comment: usual?.comment ?? null };
  const names = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
  const homely = (id: Namespace["id"]): boolean => id === home.id;
  const homelyNames = (items: readonly Placed[]): Set<string> =>
    new Set(items.flatMap(({ namespaceId, name }) => (homely(namespaceId) ? [name] : [])));
  const relations = homelyNames([...schema.tables, ...schema.views]);
  const typed = homelyNames(schema.types);
  const moved = <T extends Placed>(item: T, taken: Set<string>): T => {
    if (homely(item.namespaceId)) return item;
    let name = item.name;
    for (let number = 1; taken.has(name); number += 1)
      name = `${names.get(item.namespaceId) ?? ""}_${item.name}${number === 1 ? "" : `_${String(number)}`}`;
    taken.add(name);
    return { ...item, namespaceId: home.id, name };
  };
  const anywhere = <T extends Placed>(item: T): T => ({ ...item, namespaceId: home.id });
  const types = schema.types.map((type) => moved(type, typed));
  const printed = (type: Placed): string => `${identifier(names.get(type.namespaceId) ?? "")}.${identifier(type.name)}`;
  const renamed = new Map(
    schema.types.flatMap((type, at) => {
      const now = types[at];
      return now && now !== type ? [[printed(type), `${identifier(home.name)}.${identifier(now.name)}`] as const] : [];
    }),
  );
  return {
    ...schema,
    namespaces: [home],
    tables: schema.tables.map((table) => retyped(moved(table, relations), renamed, dialect)),
    views: schema.views.map((view) => moved(view, relations)),
    types,
    sequences: schema.sequences.map(anywhere),
  };
}

function heldDiagrams(diagrams: readonly Diagram[], kept: ReadonlySet<string>, holds: Holds, lost: Losses): readonly Diagram[] {
  const [first, ...others] = diagrams;
  lost.count("diagrams", others.length);
  if (!first) return [];
  const mine = <T>(map: ReadonlyMap<string, T>): Map<never, T> =>
    new Map([...map].filter(([id]) => kept.has(id))) as unknown as Map<never, T>;
  const [positions, tints] = [mine(first.positions), mine(first.tints)];
  const held: Diagram = {
    ...first,
    positions: lost.unless(holds.places, "places", positions.size) ? positions : new Map(),
    tints: lost.unless(holds.tints, "tints", tints.size) ? tints : new Map(),
    areas: lost.unless(holds.areas, "areas", first.areas.length) ? first.areas : [],
    notes: lost.unless(holds.notes, "notes", first.notes.length) ? first.notes : [],
  };
  return held.positions.size + held.tints.size + held.areas.length + held.notes.length === 0 ? [] : [held];
}

/** Namespaces in which something stands; a design in which nothing does has the default one. */
function usedNamespaces(schema: Schema, { features }: Dialect, holds: Holds, lost: Losses): readonly Namespace[] {
  const all = [...schema.tables, ...schema.types, ...schema.sequences, ...schema.views, ...schema.verbatim];
  const used = new Set<string | null>(all.map(({ namespaceId }) => namespaceId));
  const { defaultNamespace: name } = features;
  const known = schema.namespaces.find((namespace) => namespace.name === name);
  const kept =
    used.size > 0 ? schema.namespaces.filter(({ id }) => used.has(id)) : [known ?? { id: DEFAULT, name, comment: null }];
  return kept.map((namespace) => {
    lost.when(namespace.comment !== null && !holds.otherComments, "otherComments");
    return holds.otherComments ? namespace : { ...namespace, comment: null };
  });
}

function heldTypes({ types }: Schema, holds: Holds, lost: Losses): Schema["types"] {
  const enums = types.filter((type): type is EnumType => type.kind === "enum");
  lost.unless(holds.enums, "enums", enums.length);
  lost.unless(holds.types, "types", types.length - enums.length);
  return types
    .filter(({ kind }) => (kind === "enum" ? holds.enums : holds.types))
    .map((type) => {
      lost.when(type.comment !== null && !holds.otherComments, "otherComments");
      return { ...type, comment: holds.otherComments ? type.comment : null, dependsOn: [] };
    });
}

/** The design without what `holds` does not name. Formats take away more of their own where they must. */
export function holdBy({ name, schema: whole, diagrams }: Design, dialect: Dialect, holds: Holds): Held {
  const lost = new Losses();
  const schema = holds.namespaces ? whole : flat(whole, dialect, lost);
  lost.unless(holds.views, "views", schema.views.length);
  lost.unless(holds.objects, "objects", schema.verbatim.length);
  const numbering = new Numbering(schema, dialect, holds, lost);
  const filled = schema.tables.filter(({ columns }) => holds.emptyTables || columns.length > 0);
  lost.count("emptyTables", schema.tables.length - filled.length);
  const kept = new Set<string>(filled.map(({ id }) => id));
  const tables = filled
    .map((table) => heldTable(table, dialect, holds, lost, numbering))
    .map((table) => ({ ...table, indexes: heldIndexes(table, dialect, holds, lost) }));
  const views = holds.views ? schema.views : [];
  for (const { id } of views) kept.add(id);
  const held: Schema = {
    ...schema,
    tables,
    foreignKeys: heldRelations(
      schema.foreignKeys.filter((key) => kept.has(key.tableId) && kept.has(key.refTableId)),
      { ...schema, tables },
      dialect,
      holds,
      lost,
    ),
    types: heldTypes(schema, holds, lost),
    sequences: numbering.sequences,
    views,
    verbatim: holds.objects ? schema.verbatim : [],
  };
  const namespaces = usedNamespaces(held, dialect, holds, lost);
  if (holds.namespaces) lost.count("namespaces", Math.max(0, schema.namespaces.length - namespaces.length));
  return {
    design: { name, schema: { ...held, namespaces }, diagrams: heldDiagrams(diagrams, kept, holds, lost) },
    lost: lost.counts,
  };
}
