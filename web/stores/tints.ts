/** The colours of tables and areas, in the order in which they are offered; each is the token `--tint-<name>`. */
import type { TintName } from "#shared/model/index.ts";

export const TINTS: readonly TintName[] = ["teal", "amber", "blue", "violet", "rose", "green", "slate", "orange"];
