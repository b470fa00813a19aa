/** Where what was read ends: in a new design, or in the open one. */
import { diff } from "#shared/diff/index.ts";
import { adopt, apply, type Change, type Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { mint } from "../mint.ts";
import type { Designs } from "../stores/designs.svelte.ts";
import type { Project } from "../stores/project.svelte.ts";
import { makeDesign } from "../workers/designs/client.ts";
import { pack } from "../workers/parcel.ts";
import { layout } from "./layout.ts";

type Tell = (problem: Problem) => void;

/** Stores a new design of what was read from a catalogue, laid out; null where that failed, which `tell` hears of. */
export async function openNew(designs: Designs, name: string, schema: Schema, tell: Tell): Promise<string | null> {
  const made = await makeDesign(name, pack(schema, null, false), tell);
  if (made.ok) return designs.store({ name, dialect: schema.dialect, ...made.value });
  tell(made.problem);
  return null;
}

/** Applies changes to the open design as one undo step; what stands keeps its place, what is new gets one. */
export async function take(project: Project, changes: readonly Change[], label: string, tell: Tell): Promise<void> {
  if (changes.length === 0) return;
  const positions = await layout(apply(project.schema, changes), project.diagram.positions, tell);
  project.together(label, () => {
    project.apply(changes, label);
    project.place(positions);
  });
}

/**
 * Something read again into a design that is open: what is the same keeps its ids, places and colours, and the difference is one
 * undo step. Gives how many things changed.
 */
export async function bringUp(project: Project, fresh: Schema, name: string, tell: Tell): Promise<number> {
  const changes = diff(project.schema, adopt(fresh, project.schema, mint));
  await take(project, changes, `Update from ${name}`, tell);
  return changes.length;
}
