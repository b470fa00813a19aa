/** What MariaDB does otherwise: MariaDB knowledge base, "MariaDB versus MySQL: Compatibility". */
import type { Flavour } from "../mysql/flavour.ts";
import { mysqlFlavour } from "../mysql/flavour.ts";

/** MariaDB runs what MySQL 5.6 knows, and what says `M` or a version of its own; MySQL's newer comments stay comments. */
function executes(mark: string): boolean {
  const version = Number(mark.replace(/\D/g, "") || "0");
  return mark.startsWith("M") ? version < 990_000 : version < 50_700 || (version >= 100_000 && version < 990_000);
}

export const mariadbFlavour: Flavour = {
  ...mysqlFlavour,
  id: "mariadb",
  label: "MariaDB",
  features: {
    ...mysqlFlavour.features,
    sequences: true,
    expressionIndexes: false,
    collations: ["utf8mb4_uca1400_ai_ci", "utf8mb4_unicode_ci", "utf8mb4_general_ci", "utf8mb4_bin", "ascii_bin"],
    systemNamespaces: [...mysqlFlavour.features.systemNamespaces],
  },
  executes,
  lacks: new Set(["vector"]),
  displayWidths: true,
  geometryCollection: "geometrycollection",
  silentAction: "restrict",
  now: (precision) => `current_timestamp(${precision.replace(/[()]/g, "")})`,
  checkName: (_table, ordinal) => `CONSTRAINT_${String(ordinal)}`,
  columnChecks: true,
  inlineReferences: true,
  bareCalls: true,
  generatedNotNull: false,
  marked: true,
  jsonIsText: true,
  hiddenIndex: "ignored",
};
