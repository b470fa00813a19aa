/** What is arbitrary of a table: small facts, of which the table is then made in one way. */
import fc from "../fast-check.ts";

const stem = fc.constantFrom("plain", "Mixed Case", 'say "hi"', "select", "ä-ö", "user");
/** A comment, or none. */
export const comment = fc.constantFrom(null, null, "said", 'it\'s\nodd \\ "here"');
export const flip = fc.boolean();
const deferrable = fc.constantFrom("no" as const, "immediate" as const, "deferred" as const);

/** A type, a default of that type as the catalogue prints it, and what can be said of such a column only. */
export const PLAIN: readonly (readonly [type: string, fallback: string])[] = [
  ["integer", "7"],
  ["bigint", "'-1'::integer"],
  ["text", "'it''s'::text"],
  ["numeric(10,2)", "4.99"],
  ["character varying(20)", "'a'::character varying"],
  ["timestamp with time zone", "now()"],
  ["text[]", "'{}'::text[]"],
  ["uuid", "gen_random_uuid()"],
  ["boolean", "false"],
  ["bit(3)", "'101'::\"bit\""],
  ["interval day to second(3)", "'1 day'::interval"],
  ["character(2)", "'x'::bpchar"],
];

const columnFacts = fc.record({
  stem,
  type: fc.nat({ max: PLAIN.length + 4 }),
  fallback: flip,
  notNull: flip,
  named: flip,
  identity: fc.constantFrom(
    null,
    null,
    { always: true, sequence: "" },
    { always: false, sequence: "INCREMENT BY 2 START WITH 5 CYCLE" },
  ),
  generated: fc.constantFrom(null, null, "stored", "virtual"),
  collate: flip,
  comment,
  storage: flip,
});

/** Whether a table has each thing that a table may have. */
export const tableFacts = fc.record({
  stem,
  app: flip,
  comment,
  keys: fc.array(stem, { minLength: 4, maxLength: 4 }),
  columns: fc.array(columnFacts, { maxLength: 4 }),
  unlogged: flip,
  fillfactor: flip,
  rowSecurity: fc.constantFrom("off" as const, "on" as const, "forced" as const),
  primary: fc.option(fc.record({ two: flip, include: flip, deferrable })),
  unique: fc.option(fc.record({ nullsNotDistinct: flip, include: flip, comment, deferrable })),
  check: fc.option(fc.record({ noInherit: flip, notValid: flip, notEnforced: flip, comment })),
  exclude: fc.option(fc.record({ deferrable, comment })),
  indexes: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
  shape: fc.constantFrom("plain", "plain", "partitioned", "parent"),
  policy: flip,
  trigger: flip,
  target: fc.option(fc.nat()),
  actions: fc.constantFrom(
    {},
    { onDelete: "cascade" as const, onUpdate: "set default" as const },
    { onDelete: "set null" as const, match: "full" as const },
    { notValid: true, comment: "to come" },
    { notEnforced: true },
    { deferrable: "deferred" as const },
  ),
});

export type Facts = typeof tableFacts extends fc.Arbitrary<infer T> ? T : never;
export type ColumnFacts = typeof columnFacts extends fc.Arbitrary<infer T> ? T : never;
