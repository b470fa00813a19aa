/** The words that the walk over a definition goes by, and what it keeps open. */
import type { Query } from "./scopes.ts";

/** `head`: before any query. `list`: what is selected. `from`: relations. `join`: the condition of a join. */
export type Clause = "head" | "with" | "list" | "from" | "join" | "order" | "using" | "other";

/** What is open at one level of parentheses. */
export interface Frame {
  query: Query;
  clause: Clause;
  /** Of an INSERT, where ON CONFLICT goes back to after its SELECT. */
  target: Query | null;
  /** Relations come in a list, each after TABLE. */
  listed: boolean;
  /** A relation's name is due. */
  due: boolean;
  /** The next token begins an item of the select list. */
  starts: boolean;
  /** It is a FROM clause's own subquery: what follows is its alias. */
  readonly feeds: Query | null;
  readonly group: boolean;
}

/** A level that opens: in parentheses of a FROM clause a relation's name is due. */
export const newFrame = (query: Query, clause: Clause, feeds: Query | null, group: boolean): Frame => ({
  query,
  clause,
  target: null,
  listed: false,
  due: clause === "from",
  starts: false,
  feeds,
  group,
});

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
/** Words that end a FROM clause, or a select list. */
export const ENDS_FROM = words("where group having limit window returning set values offset fetch for qualify do");
const JOINS = words("left right inner full cross natural join on using straight_join");
/** Behind a relation these are no alias. */
export const NO_ALIAS = new Set([
  ...ENDS_FROM,
  ...JOINS,
  ...words("order union intersect except tablesample when execute begin select as default force use ignore"),
]);
/** SELECT after these is a privilege or an event. */
export const NOT_A_QUERY = words("grant revoke for on , or");
/** Behind these INSERT, UPDATE and DELETE begin a statement. */
export const BEGINS_STATEMENT = words("; begin do instead also ( atomic");
/** A name after these is not a column's: it is being made, called, or of another kind. */
export const OTHER_NAME = words(
  "as trigger policy rule statistics publication function procedure extension schema collate to owner language role sequence type domain operator constraint savepoint cast cascade",
);
/** What may stand behind an item of a select list. */
export const ENDS_ITEM = words(", ) ; from where union except intersect into group order limit");
/** Words of WITH around the names that it gives. */
export const IN_WITH = words("as not materialized recursive");
/** These may stand before a relation's name. */
export const STAYS_DUE = words("only lateral table ignore low_priority");
