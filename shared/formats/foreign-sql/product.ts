/** What is said of a product whose SQL is read and never written: the words of its definitions, as data. */

export interface Product {
  readonly id: string;
  readonly label: string;
  /** Statements are told apart by lines `GO`, and may follow one another without a mark; names stand in brackets. */
  readonly batches: boolean;
  /** A line `/` ends a statement; those with a body end nowhere else. Lines of the client begin with these words. */
  readonly slashes: boolean;
  readonly clientWords: readonly string[];
  /** Names without quotes are these letters; null where they are as written and are compared without regard to capitals. */
  readonly folds: "upper" | null;
  /** The namespace in which everything stands by itself. */
  readonly home: string | null;
  /** Types that mean another thing here than elsewhere, by names of no dialect. */
  readonly types: Readonly<Record<string, string>>;
  /** A type of decimals that are whole numbers where no digits stand behind the point, and what they are by how many they have. */
  readonly whole: { readonly type: string; readonly digits: readonly (readonly [most: number, type: string])[] } | null;
  /** Functions by names of no dialect. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
  /** Statements that are passed over, by their first words, with the reason. */
  readonly aside: Readonly<Record<string, string>>;
}
