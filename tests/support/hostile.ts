/** A design whose every name and text tries to break out of whatever it is written into. */
import {
  type ColumnId,
  type ConstraintId,
  type Diagram,
  emptySchema,
  type ForeignKeyId,
  type IndexId,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type NamespaceId,
  type TableId,
  type TypeId,
  type ViewId,
} from "#shared/model/index.ts";
import type { Design } from "#shared/formats/json/index.ts";

/** What ends texts, tags, cells, comments, blocks and lines somewhere. */
export const HOSTILE: readonly string[] = [
  "</script><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "<!--",
  "--><b>",
  "]]>",
  "a|b",
  "`code` ``` ~~~",
  "# head\n\n* item\n---",
  "[link](javascript:alert(1))",
  "@enduml\n}",
  "\"'\\&amp;&lt;",
  "\0\u0007\ud800x\udc00\ufffe",
  "(paren) \\) Tj",
  "}{ ${x} %%",
  "   ",
  "用户 Ünïcödé 🙂 ł",
  "__proto__",
  "\u2028\u2029\r\n",
];

/** One table for each hostile name, each with columns of such names, joined to the first. */
export function hostileDesign(): Design {
  const namespaceId = "n" as NamespaceId;
  const tables = HOSTILE.map((name, at) => {
    const id = `t${String(at)}` as TableId;
    const columns = HOSTILE.slice(0, 6).map((other, place) =>
      makeColumn({
        ...{ id: `${id}c${String(place)}` as ColumnId, name: other, comment: name, default: name },
        type: place === 0 ? "integer" : name,
      }),
    );
    const [first] = columns.map((column) => column.id);
    return makeTable({
      ...{ id, namespaceId, name, comment: name, columns },
      constraints: [
        makeKey({ id: `${id}p` as ConstraintId, name, kind: "primary", columns: columns.slice(0, 1).map((column) => column.id) }),
        makeCheck({ id: `${id}k` as ConstraintId, name: `${name}k`, expression: name }),
      ],
      indexes: [
        makeIndex({
          ...{ id: `${id}i` as IndexId, name: `${name}i`, where: name },
          parts: [{ columnId: first ?? null, expression: null, descending: false, nulls: null, opclass: null, collation: null }],
        }),
      ],
    });
  });
  const [target] = tables;
  const foreignKeys = tables.flatMap(({ id, name, columns }) =>
    target
      ? [
          makeForeignKey({
            ...{ id: `${id}f` as ForeignKeyId, tableId: id, name, columns: columns.slice(1, 2).map((column) => column.id) },
            ...{ refTableId: target.id, refColumns: target.columns.slice(0, 1).map((column) => column.id), comment: name },
          }),
        ]
      : [],
  );
  const [nasty = ""] = HOSTILE;
  const diagram: Diagram = {
    id: "d" as Diagram["id"],
    name: nasty,
    positions: new Map(),
    tints: new Map([[tables[0]?.id ?? ("t0" as TableId), "rose"]]),
    areas: [{ id: "a" as Diagram["areas"][number]["id"], name: nasty, at: [0, -300], size: [200, 100], tint: "blue" }],
    notes: HOSTILE.map((text, at) => ({
      ...{ id: `o${String(at)}` as Diagram["notes"][number]["id"], text, tint: "amber" as const },
      ...{ at: [300 * at, -300] as const, size: [200, 100] as const },
    })),
  };
  const schema = {
    ...emptySchema("postgres"),
    namespaces: [{ id: namespaceId, name: "public", comment: nasty }],
    tables,
    foreignKeys,
    types: HOSTILE.map((name, at) => ({
      ...{ id: `y${String(at)}` as TypeId, namespaceId, name, comment: name, dependsOn: [], kind: "enum" as const },
      values: HOSTILE,
    })),
    views: [
      {
        ...{
          id: "v" as ViewId,
          namespaceId,
          name: `${nasty} view`,
          comment: nasty,
          materialized: false,
          definition: HOSTILE.join("\n"),
        },
        columns: HOSTILE.map((name) => ({ name, type: name, comment: name, default: null })),
        ...{ indexes: [], options: {}, dependsOn: [] },
      },
    ],
  };
  return { name: nasty, schema, diagrams: [diagram] };
}
