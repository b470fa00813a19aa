/** Versions read and compared away from the page: a thousand tables would hold up several frames. */
import * as Y from "yjs";
import { DesignDoc, type Snapshot } from "#shared/doc/index.ts";
import { compareVersions, type Comparison } from "#shared/history/index.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";

/** A version to compare; what is under a key was read before and need not be sent again. */
export interface Side {
  readonly key: string;
  readonly state: Uint8Array;
}

/** Versions that are kept as they were read: who walks down a list compares each of them twice. */
const KEPT = 3;

export class HistoryService {
  readonly #read = new Map<string, Snapshot>();

  #content({ key, state }: Side): Snapshot {
    const known = this.#read.get(key);
    if (known) return known;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    const design = new DesignDoc(doc);
    const { snapshot } = design;
    design.close();
    this.#read.set(key, snapshot);
    const [oldest] = this.#read.keys();
    if (this.#read.size > KEPT && oldest !== undefined) this.#read.delete(oldest);
    return snapshot;
  }

  /** What changed from one version to another. */
  compare(before: Side, after: Side): Promise<Result<Comparison>> {
    try {
      return Promise.resolve(ok(compareVersions(this.#content(before), this.#content(after))));
    } catch {
      // Bytes that are no document: stored by something else, or damaged.
      return Promise.resolve(fail(problem("version.unreadable", "error")));
    }
  }
}
