/** Commands that make types, sequences and views. */
import { createSequence, createType, typeKinds } from "#shared/edit/index.ts";
import type { Change } from "#shared/model/index.ts";
import type { ObjectId } from "../stores/api.ts";
import { newView } from "./actions.ts";
import type { Bench } from "./bench.ts";
import type { Command } from "./commands.ts";

/** Types, sequences and views. */
export function objectCommands(bench: Bench): Command[] {
  const { stores } = bench;
  const { project, selection } = stores;
  const make = bench.group("Edit");
  const { features } = project.dialect;
  const add = (made: { readonly changes: readonly Change[]; readonly id: ObjectId } | null, label: string): void => {
    if (!made) return;
    project.apply(made.changes, label);
    selection.selectObject(made.id);
  };
  const types = typeKinds(project.dialect).map((kind) =>
    make(`new-${kind}`, kind === "enum" ? "New enum" : `New ${kind} type`, [], () =>
      add(
        createType(project.schema, kind, project.dialect, project.mint),
        kind === "enum" ? "Add an enum" : `Add a ${kind} type`,
      ),
    ),
  );
  const addSequence = (): void => add(createSequence(project.schema, project.dialect, project.mint), "Add a sequence");
  return [
    ...types,
    ...(features.sequences ? [make("new-sequence", "New sequence", [], addSequence)] : []),
    make("new-view", "New view, of the selected table", [], () => void newView(stores, bench.table(), false)),
    ...(features.materializedViews
      ? [
          make(
            "new-materialized-view",
            "New materialized view, of the selected table",
            [],
            () => void newView(stores, bench.table(), true),
          ),
        ]
      : []),
  ];
}
