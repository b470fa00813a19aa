/** What another dialect needs to know to say the same. */

/** What must be known of a dialect to say in it what another one says: `shared/convert`. Read when a design is converted. */
export interface Equivalents {
  /**
   * How values and functions are called here, by names of no dialect (`now`, `uuid`, `lower`): the first is written, all are read.
   * `()` behind a name: it is called without arguments.
   */
  readonly calls: Readonly<Record<string, readonly string[]>>;
  /** `||` joins texts. Where not, it means OR, and the call `concat` joins. */
  readonly joins: boolean;
  /** A backslash escapes inside a string, and a string may stand in double quotes. */
  readonly backslashes: boolean;
  /** A number is no truth value, and values of different kinds are not compared without a cast. */
  readonly strict: boolean;
  /** The words for true and false. */
  readonly truths: readonly [string, string];
  /** Checks may ask for the present moment and the like. */
  readonly volatileChecks: boolean;
  /** The present moment is asked for with the digits that its column keeps. */
  readonly precise: boolean;
  /** Digits of a second that a time keeps where its type does not say. */
  readonly digits: number;
  /** A primary key of this one type numbers itself; null where none does. */
  readonly numbersKey: string | null;
  /** A table has at most one column that numbers itself, and that one leads a key. */
  readonly oneCounter: boolean;
  /** Types whose literal default stands in parentheses, by their names. */
  readonly wrappedDefaults: readonly string[];
  /** A check may be over a column that the action of a foreign key changes. */
  readonly checksActed: boolean;
  /** A generated column may be NOT NULL. */
  readonly generatedNotNull: boolean;
  /** A namespace that every new database has; null where it has none. */
  readonly given: string | null;
  /** What a name must be unique in: that of an index, a key, a foreign key or check. */
  readonly scopes: Readonly<Record<"index" | "key" | "constraint", "namespace" | "table">>;
  /** Entities that have comments. */
  readonly comments: readonly string[];
  /** A unique index of columns is a key. */
  readonly uniqueIsKey: boolean;
  /** Every foreign key is led by an index, made where none is. */
  readonly impliedIndexes: boolean;
  /** The columns that a foreign key refers to are a key of their own. */
  readonly refersToKeys: boolean;
  /** ON DELETE SET DEFAULT. */
  readonly setDefault: boolean;
  /** A foreign key may be said to set a column to NULL that must have a value (it then refuses). */
  readonly nullsRequired: boolean;
  readonly matchFull: boolean;
  /** How long a varchar may be; a longer one is the type named after it. */
  readonly longest: { readonly varchar: number; readonly instead: string } | null;
  readonly decimals: { readonly precision: number; readonly scale: number } | null;
  readonly keys: {
    /** Types that no key or index can be over, by their names. */
    readonly never: readonly string[];
    /** Types of which a key keeps only the beginning. */
    readonly long: readonly string[];
    /** Characters that a key may be long altogether; null where nobody counts them. */
    readonly characters: number | null;
  };
}
