/** Definitions that are kept as text, and the names in them. */

/** Tables and views by name, for following names in a text. Names are given as the engine compares them; `namespace` is null where a text does not say it. */
export interface Relations {
  readonly find: (namespace: string | null, name: string) => string | null;
  /** The names of its columns; empty when they are not known. */
  readonly columns: (relation: string) => ReadonlySet<string>;
}

/** A stretch of a text that means a table or view, or one of its columns. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** Whose it is, as `Relations` calls it. */
  readonly relation: string;
  /** The column's name as the engine compares it; null for the relation itself. */
  readonly column: string | null;
  /** Where a namespace is written before a relation's name. */
  readonly namespace: { readonly start: number; readonly end: number } | null;
  /**
   * `qualifier`: a relation that says whose column follows. `item`: all that is said of an output column, which is called as the column is. `shared`: in JOIN ... USING, where both sides have
   * the name.
   */
  readonly as: "item" | "shared" | "qualifier" | "plain";
}

/** The relation that a text hangs on: a trigger's, a policy's. Its name is given as the engine compares it. */
export interface TextOwner {
  readonly relation: string;
  readonly name: string;
}

/** A token of a definition; spaces and comments are none. */
export interface NameToken {
  readonly start: number;
  readonly end: number;
  /** An unquoted word in lower case, or the symbol itself; empty for anything else. */
  readonly word: string;
  /** How the engine compares this name with others; null where it is none. */
  readonly key: string | null;
}

/** A column of a query's result. */
export interface ResultColumn {
  readonly name: string;
  /** Whose column it is, where it is one as it stands. */
  readonly relation: string | null;
  readonly column: string | null;
}

/** What is known of definitions that are kept as text: views, triggers, policies, ... */
export interface Texts {
  /** How the engine compares a name with others: SQLite and MySQL do not tell capitals from small letters. */
  readonly key: (name: string) => string;
  readonly tokens: (text: string) => readonly NameToken[];
  /** Every place that means a relation or a column, from the text's beginning to its end. Never fails. */
  readonly mentions: (text: string, relations: Relations, owner: TextOwner | null) => readonly Mention[];
  /** The columns that a query gives, as far as its text tells. */
  readonly result: (query: string, relations: Relations) => readonly ResultColumn[];
}
