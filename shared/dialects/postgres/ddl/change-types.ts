/** Types changed in place, or replaced: the manual, "ALTER TYPE" and "ALTER DOMAIN". */
import type { DomainType, EnumType, Schema, UserType } from "../../../model/index.ts";
import { statement } from "../../kit/statement.ts";
import { identifier, literal } from "../quote.ts";
import { type Context, many, sameBut, type Statements } from "./in-place.ts";
import { addDomainCheck, comment } from "./objects.ts";
import { replaceEnum } from "./replaced.ts";

/** What a type is called and said to be; the rest of it is by its kind. */
const NAMED = ["name", "namespaceId", "comment", "dependsOn"] as const;

/** Values of an enum go, or change places: it cannot stay the type that it is. */
export const isReplaced = (old: UserType, next: UserType, { after }: Context): boolean =>
  old.kind === "enum" &&
  next.kind === "enum" &&
  !sameBut(old, next, ...NAMED) &&
  alterValues(old, next, "", after.schema) === null;

export function alterType(old: UserType, next: UserType, context: Context): Statements {
  const { before, after } = context;
  const about = { entity: "type", id: next.id, ownerId: null } as const;
  if (old.kind === "enum" && next.kind === "enum" && isReplaced(old, next, context))
    return many(replaceEnum(old, next, context), about);
  const keyword = next.kind === "domain" ? "DOMAIN" : "TYPE";
  const sqls: string[] = [];
  let name = before.qualified(old);
  if (old.name !== next.name) {
    sqls.push(`ALTER ${keyword} ${name} RENAME TO ${identifier(next.name)}`);
    name = before.qualified({ ...old, name: next.name });
  }
  if (old.namespaceId !== next.namespaceId)
    sqls.push(`ALTER ${keyword} ${name} SET SCHEMA ${identifier(after.lookup.namespace(next.namespaceId)?.name ?? "")}`);
  if (old.comment !== next.comment) sqls.push(comment(`${keyword} ${after.qualified(next)}`, next.comment));
  const rest = content(old, next, after.qualified(next), after.schema);
  // A value that is added cannot be used before its transaction has ended.
  const adds = `ALTER TYPE ${after.qualified(next)} ADD VALUE `;
  return rest === null ? null : [...many(sqls, about), ...rest.map((sql) => statement(sql, about, !sql.startsWith(adds)))];
}

function content(old: UserType, next: UserType, name: string, schema: Schema): readonly string[] | null {
  if (sameBut(old, next, ...NAMED)) return [];
  if (old.kind === "enum" && next.kind === "enum") return alterValues(old, next, name, schema);
  if (old.kind === "domain" && next.kind === "domain") return alterDomain(old, next, name);
  return null;
}

/** New values take their places among the old ones; a value in another's place is that one renamed. Nothing can be taken away. */
function alterValues(old: EnumType, next: EnumType, name: string, schema: Schema): readonly string[] | null {
  const [had, has] = [new Set(old.values), new Set(next.values)];
  if (has.size < next.values.length) return null;
  if (old.values.every((value) => has.has(value))) return addValues(old.values, next.values, name);
  if (old.values.length !== next.values.length) return null;
  const renamed = old.values.flatMap((value, at) => (value === next.values[at] ? [] : [[value, next.values[at] ?? ""] as const]));
  if (renamed.some(([from, to]) => has.has(from) || had.has(to))) return null;
  // A default that says the old value means the renamed one to the engine, and nothing any more to whoever runs the design.
  const text = JSON.stringify(schema);
  if (renamed.some(([from]) => text.includes(JSON.stringify(literal(from)).slice(1, -1)))) return null;
  return renamed.map(([from, to]) => `ALTER TYPE ${name} RENAME VALUE ${literal(from)} TO ${literal(to)}`);
}

function addValues(old: readonly string[], next: readonly string[], name: string): readonly string[] | null {
  const kept = next.filter((value) => old.includes(value));
  if (kept.some((value, at) => value !== old[at])) return null;
  return next.flatMap((value, at) => {
    if (old.includes(value)) return [];
    const previous = next[at - 1];
    const place =
      previous === undefined ? (old[0] === undefined ? "" : ` BEFORE ${literal(old[0])}`) : ` AFTER ${literal(previous)}`;
    return [`ALTER TYPE ${name} ADD VALUE ${literal(value)}${place}`];
  });
}

function alterDomain(old: DomainType, next: DomainType, name: string): readonly string[] | null {
  if (!sameBut(old, next, ...NAMED, "default", "notNull", "checks")) return null;
  const alter = `ALTER DOMAIN ${name}`;
  const sqls: string[] = [];
  if (old.default !== next.default)
    sqls.push(next.default === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${next.default}`);
  if (old.notNull !== next.notNull) sqls.push(`${alter} ${next.notNull ? "SET" : "DROP"} NOT NULL`);
  const text = (check: DomainType["checks"][number]): string => JSON.stringify(check);
  const [was, is] = [old.checks.map(text), next.checks.map(text)];
  for (const check of old.checks) if (!is.includes(text(check))) sqls.push(`${alter} DROP CONSTRAINT ${identifier(check.name)}`);
  for (const check of next.checks) if (!was.includes(text(check))) sqls.push(addDomainCheck(name, check));
  return sqls;
}
