/** What the operator decides about live databases. */
import type { CallerLimits } from "./live/callers.ts";
import { LIMITS, type Limits } from "./live/session.ts";
import type { TargetPolicy } from "./target/policy.ts";
import { type Resolver, systemResolver } from "./target/resolve.ts";

export interface DatabaseSettings {
  readonly policy: TargetPolicy;
  readonly resolver: Resolver;
  /** Absolute folder of the SQLite databases that may be read; null for none. */
  readonly sqliteFolder: string | null;
  readonly limits: Limits;
  readonly callers: CallerLimits;
  /** A target that cannot be reached is answered after this time at the earliest, milliseconds, whatever the reason. */
  readonly failureMs: number;
  /** How long a session waits for the next question of the same credentials, milliseconds. */
  readonly idleMs: number;
  readonly now: () => number;
}

const FAILURE_MS = 1_000;
const IDLE_MS = 30_000;

/** The settings of a server that keeps to the policy, with the limits of the contract. */
export function databaseSettings(policy: TargetPolicy, sqliteFolder: string | null): DatabaseSettings {
  return {
    policy,
    sqliteFolder,
    resolver: systemResolver,
    limits: LIMITS,
    callers: { connectsPerMinute: 10, atOnce: 3 },
    failureMs: FAILURE_MS,
    idleMs: IDLE_MS,
    now: Date.now,
  };
}
