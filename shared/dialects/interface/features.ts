/** What a database can do and what it cannot: asked instead of a dialect's id. */

export interface Features {
  /** An engine of this dialect runs beside the app, in a worker or in Node: designs are proved on it. Where not, dumps are read. */
  readonly engine: boolean;
  readonly namespaces: boolean;
  readonly enums: boolean;
  readonly domains: boolean;
  readonly compositeTypes: boolean;
  readonly rangeTypes: boolean;
  readonly arrays: boolean;
  readonly sequences: boolean;
  readonly identity: boolean;
  /** An identity column may be one that refuses values given to it. */
  readonly identityAlways: boolean;
  /** The name that every primary key has; null where each has its own. */
  readonly primaryKeyName: string | null;
  readonly generatedStored: boolean;
  readonly generatedVirtual: boolean;
  readonly comments: boolean;
  readonly deferrable: boolean;
  readonly exclusion: boolean;
  readonly materializedViews: boolean;
  readonly rowSecurity: boolean;
  readonly partitions: boolean;
  readonly inheritance: boolean;
  readonly unlogged: boolean;
  readonly includeColumns: boolean;
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly notValid: boolean;
  /** DDL takes part in transactions. */
  readonly transactionalDdl: boolean;
  readonly indexMethods: readonly string[];
  /** An index says of each part where NULLs go, and by which operator class it is kept. */
  readonly nullsOrder: boolean;
  readonly operatorClasses: boolean;
  /** An index says of a part by which collation it is kept. */
  readonly indexCollations: boolean;
  /** An index keeps the first characters of a column: the model has `(10)` where others have an operator class. */
  readonly prefixLengths: boolean;
  readonly nullsNotDistinct: boolean;
  /** Primary keys and unique constraints may be checked at commit. */
  readonly deferrableKeys: boolean;
  /** Collations that are offered, most used first, as the catalogue writes them. */
  readonly collations: readonly string[];
  /** Where an unqualified new table goes: `public`, `main`. */
  readonly defaultNamespace: string;
  /** Namespaces that are the engine's own and are never imported. */
  readonly systemNamespaces: readonly string[];
  readonly maxIdentifierBytes: number;
}
