/** What an engine holds, against what was designed: the comparison behind a verified export. */
import { adopt, type Change, type Identified, type Schema } from "../model/index.ts";
import { problem, type Problem } from "../result/index.ts";
import { diff } from "./diff.ts";
import { keysNotNull } from "./keys.ts";

/** Attributes that say how something came about, not what it is. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["dependsOn", "columns", "constraints", "indexes", "id"]);

const KIND_WORDS: Readonly<Record<string, string>> = { foreignKey: "foreign key", verbatim: "object" };

function nameOf(item: Identified): string {
  return "name" in item ? String(item.name) : item.id;
}

function attributes(change: Extract<Change, { kind: "alter" }>): string {
  const [was, is] = [change.before as unknown as Record<string, unknown>, change.after as unknown as Record<string, unknown>];
  return Object.keys(was)
    .filter((key) => !NOT_COMPARED.has(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => `${key} was designed as ${JSON.stringify(was[key])} and is ${JSON.stringify(is[key])}`)
    .join("; ");
}

function told(change: Change): Problem | null {
  const what = KIND_WORDS[change.entity] ?? change.entity;
  const about = (id: string) => ({ about: { entity: change.entity, id, ownerId: change.ownerId } });
  switch (change.kind) {
    case "create":
      return problem(
        "proof.different",
        "warning",
        { what, name: nameOf(change.after), detail: "it was not designed" },
        about(change.after.id),
      );
    case "drop":
      return problem(
        "proof.different",
        "warning",
        { what, name: nameOf(change.before), detail: "it is missing" },
        about(change.before.id),
      );
    case "alter": {
      const detail = attributes(change);
      return detail === ""
        ? null
        : problem("proof.different", "warning", { what, name: nameOf(change.after), detail }, about(change.after.id));
    }
    case "reorder":
      return problem("proof.different", "warning", {
        what: "table",
        name: change.ownerId,
        detail: "its columns are in another order",
      });
  }
}

/**
 * The differences between a design and what was read back, worded. Objects are matched by name.
 */
export function differences(designed: Schema, readBack: Schema): Problem[] {
  const named = adopt(readBack, designed, null);
  return diff(keysNotNull(designed), keysNotNull(named)).flatMap((change) => told(change) ?? []);
}
