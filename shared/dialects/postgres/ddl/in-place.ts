/** What the changes that are made in place share. */
import type { EntityRef, NamespaceId } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
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

/** What something is called once namespaces are, and nothing else is, called as they are to be. */
export function nameNow(
  { namespaceId, name }: { readonly namespaceId: NamespaceId; readonly name: string },
  { before, after }: Context,
): string {
  const namespace = after.lookup.namespace(namespaceId) ?? before.lookup.namespace(namespaceId);
  return namespace ? `${identifier(namespace.name)}.${identifier(name)}` : identifier(name);
}
