/** A diagram as DrawDB saves it: tables of one key, beside each other. */
export const drawdbDiagram = (title: string, tables: readonly string[]) => ({
  title,
  database: "postgresql",
  tables: tables.map((name, id) => ({
    ...{ id, name, x: 10 + 300 * id, y: 20, comment: "", color: "#175e7a", indices: [] },
    fields: [
      {
        ...{ id: 0, name: "id", type: "INTEGER", default: "", check: "", comment: "" },
        ...{ primary: true, unique: false, notNull: true, increment: true },
      },
    ],
  })),
  relationships: [],
  notes: [],
  subjectAreas: [],
});
