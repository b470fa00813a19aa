/**
 * What the two servers do differently, as data: the reader, the catalogue and the DDL ask this and never which server it is.
 * MySQL's is here, MariaDB's in its own folder.
 */
import type { Features } from "../dialect.ts";
import { features } from "./features.ts";

export interface Flavour {
  readonly id: string;
  readonly label: string;
  readonly features: Features;
  /** Whether an executable comment is code for this server; given `!50100`, `M!100100` or `!`. */
  readonly executes: (mark: string) => boolean;
  /** Types of the one that the other lacks, or writes otherwise: those it has not. */
  readonly lacks: ReadonlySet<string>;
  /** Integers are printed with a display width, years with their digits. */
  readonly displayWidths: boolean;
  /** `geomcollection` is printed as this. */
  readonly geometryCollection: string;
  /** What a foreign key without an action does, as the catalogue calls it. */
  readonly silentAction: "no action" | "restrict";
  /** The present moment as this server prints it; `(6)` or nothing follows. */
  readonly now: (precision: string) => string;
  /** The name of the n-th check without one, from 1. */
  readonly checkName: (table: string, ordinal: number) => string;
  /** A check written behind a column stays there and bears the column's name. */
  readonly columnChecks: boolean;
  /** `REFERENCES` behind a column makes a foreign key; where not, it is read and forgotten. */
  readonly inlineReferences: boolean;
  /** A default may be a call as it is, without parentheses around it. */
  readonly bareCalls: boolean;
  /** A generated column may be NOT NULL. */
  readonly generatedNotNull: boolean;
  /** Dumps with MariaDB's marks are its own. */
  readonly marked: boolean;
  /** JSON is longtext with a check that says so. */
  readonly jsonIsText: boolean;
  /** How an index is hidden from the optimizer: `invisible` or `ignored`. */
  readonly hiddenIndex: "invisible" | "ignored";
}

export const mysqlFlavour: Flavour = {
  id: "mysql",
  label: "MySQL",
  features,
  executes: (mark) => mark.startsWith("!"),
  lacks: new Set(["uuid", "inet4", "inet6"]),
  displayWidths: false,
  geometryCollection: "geomcollection",
  silentAction: "no action",
  now: (precision) => `CURRENT_TIMESTAMP${precision}`,
  checkName: (table, ordinal) => `${table}_chk_${String(ordinal)}`,
  columnChecks: false,
  inlineReferences: false,
  bareCalls: false,
  generatedNotNull: true,
  marked: false,
  jsonIsText: false,
  hiddenIndex: "invisible",
};
