import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import fc from "../../../tests/support/fast-check.ts";
import { generate } from "../../../tests/support/generator.ts";
import { hostileDesign } from "../../../tests/support/hostile.ts";
import { dialects } from "../../dialects/index.ts";
import { type ColumnId, emptySchema, makeColumn, makeForeignKey, makeKey, makeTable } from "../../model/index.ts";
import { writeAs } from "../format.ts";
import type { Design } from "../json/index.ts";
import { plantuml } from "./index.ts";

const { postgres } = dialects;
const textOf = (design: Design): string => writeAs(plantuml, design, postgres, "").value;

/** Every line that may be written: a name may not make another. */
const WORD = String.raw`(?:[\p{L}\p{N}\p{So}\p{M} _.,()[\]:-]|<U\+[0-9A-F]{4,6}>)+`;
const MARK = "(?: <<(?:PK|FK|UQ|generated)>>)*";
const LINES = [
  "@startuml",
  "@enduml",
  "hide circle",
  "skinparam linetype ortho",
  `title ${WORD}`,
  `package "${WORD}" \\{`,
  `entity "${WORD}" as t\\d+(?: <<view>>)? \\{`,
  `enum "${WORD}" \\{`,
  ` *(?:\\* )?${WORD} : ${WORD}${MARK}`,
  ` *${WORD}`,
  " *--",
  " *\\}",
  "",
  `t\\d+ [|}]o(?:--|\\.\\.)(?:\\|\\||o\\|) t\\d+ : ${WORD}`,
].map((line) => new RegExp(`^${line}$`, "u"));

describe("a design as PlantUML", () => {
  it("says tables, keys and relations", () => {
    const id = "i" as ColumnId;
    const columns = [makeColumn({ id, name: "id", type: "bigint", notNull: true })];
    const key = makeKey({ id: "k" as never, name: "k", kind: "primary", columns: [id] });
    const user = makeColumn({ id: "u" as ColumnId, name: "user_id", type: "bigint" });
    const schema = {
      ...emptySchema("postgres"),
      namespaces: ["public", "log"].map((name) => ({ id: name as never, name, comment: null })),
      tables: [
        makeTable({ id: "a" as never, namespaceId: "public" as never, name: "users", columns, constraints: [key] }),
        makeTable({ id: "b" as never, namespaceId: "log" as never, name: "visits", columns: [...columns, user] }),
      ],
      foreignKeys: [
        makeForeignKey({
          ...{ id: "f" as never, tableId: "b" as never, name: "of_user", columns: [user.id] },
          ...{ refTableId: "a" as never, refColumns: [id] },
        }),
      ],
    };
    expect(textOf({ name: "shop", schema, diagrams: [] })).toBe(`@startuml
title shop
hide circle
skinparam linetype ortho

entity "users" as t1 {
  * id : int8 <<PK>>
  --
}
package "log" {
  entity "visits" as t2 {
    --
    * id : int8
    user_id : int8 <<FK>>
  }
}

t2 }o..o| t1 : of_user
@enduml
`);
  });

  it("is made of its own lines, whatever things are called", () => {
    const check = (design: Design): void => {
      for (const line of textOf(design).slice(0, -1).split("\n"))
        expect([line, LINES.some((form) => form.test(line))]).toEqual([line, true]);
    };
    check(hostileDesign());
    check({ name: "", schema: generate({ tables: 5 }), diagrams: [] });
    fc.assert(fc.property(arbitraryDesign, check), { numRuns: 60 });
  });
});
