/** MySQL's DDL, whole, as a flavour of it speaks. */
import type { Ddl } from "../../dialect.ts";
import type { Flavour } from "../flavour.ts";
import { changeStatements } from "./change.ts";
import { createAll, script } from "./create.ts";
import { order } from "./order.ts";

export function createDdl(flavour: Flavour): Ddl {
  return {
    create: (schema) => createAll(schema, flavour),
    change: (change, context) => changeStatements(change, context, flavour),
    order,
    script,
  };
}
