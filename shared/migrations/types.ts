/** What a folder of migrations is, once it is recognised. */
import type { Problem } from "../result/index.ts";

/** A file of a folder. Paths are relative to it, with `/`. */
export interface FolderFile {
  readonly path: string;
  /** Null for one that was not read, because its name says that it is no part of any set. */
  readonly text: string | null;
}

export type Tool =
  | "prisma"
  | "drizzle"
  | "flyway"
  | "rails"
  | "alembic"
  | "dbmate"
  | "goose"
  | "sql-migrate"
  | "node-pg-migrate"
  | "play"
  | "pairs"
  | "folders"
  | "numbered";

/** One migration. */
export interface Step {
  /** `add_users`, in the words of its file. */
  readonly name: string;
  /** `20240131120000`, `1.2.1`, `0003`; empty where it has none. */
  readonly version: string;
  /** `2024-01-31 12:00` where the name says so. */
  readonly when: string | null;
  readonly path: string;
  /** What is run. Lines that are no part of the way forward are empty. */
  readonly text: string;
  /** The line of the file in which `text` begins. */
  readonly line: number;
}

/** A file that is no step, and why, as the end of a sentence: `it leads back`. */
export interface LeftOut {
  readonly path: string;
  readonly why: string;
}

/** What one tool's reader makes of a folder. */
export interface Candidate {
  readonly tool: Tool;
  /** The folder that it lies in. */
  readonly base: string;
  /** In the order in which the tool runs them. */
  readonly steps: readonly Step[];
  readonly leftOut: readonly LeftOut[];
  /** The id of a dialect where the tool's own files say it. */
  readonly dialect: string | null;
  /** Two steps of one version are two of one thing. */
  readonly versioned: boolean;
}

export interface MigrationSet {
  readonly tool: Tool;
  /** `Prisma`, `numbered files`. */
  readonly label: string;
  readonly base: string;
  readonly steps: readonly Step[];
  readonly dialect: string | null;
  /** What was left out and why, and what is odd about the steps. */
  readonly problems: readonly Problem[];
}
