/** What the changes that are made in place share. */
import type { EntityRef } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import type { Names } from "./names.ts";

/** `null`: only a rebuild makes this change, or only a rebuild tells what the engine says of it. */
export type Statements = readonly Statement[] | null;

export interface Context {
  readonly before: Names;
  readonly after: Names;
}

/** Are two entities the same but for the named attributes? */
export function sameBut<T extends object>(before: T, after: T, ...names: readonly (keyof T)[]): boolean {
  return (Object.keys(after) as (keyof T)[]).every(
    (name) => names.includes(name) || JSON.stringify(before[name]) === JSON.stringify(after[name]),
  );
}

export const many = (sqls: readonly string[], about: EntityRef): Statement[] => sqls.map((sql) => statement(sql, about));
