/** The text of the open design: what is typed goes to the worker that reads it, what that says goes into the design and the text. */
import * as Y from "yjs";
import type { Step, TextEdit } from "#shared/code/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { openText, type SqlShown, type TextClient } from "../workers/text/client.ts";
import type { Project } from "./project.svelte.ts";
import { TextSteps } from "./text-steps.ts";

/** How the text came to be what is sent. */
export interface Typing {
  /** It was taken back, or forth, and nothing else was done. */
  readonly way: "undo" | "redo" | null;
  /** What undo of the text will take back by itself begins here. */
  readonly begins: boolean;
}

/** What is typed within so many milliseconds of each other is one undo step, where it is one in the text. */
export const PAUSE_MS = 1200;
const LABEL = "Edit the text";

type Batches = Step["batches"];

export class Code {
  readonly #project: Project;
  readonly #steps: TextSteps;
  #client: TextClient;
  #updates: Uint8Array[] = [];
  #last = 0;
  /** What is written next is a step of its own. */
  #begins = true;
  /** Something else than the text has written into the document, and the text does not say it yet. */
  #others = false;
  #writing = false;
  #problems = $state.raw<readonly Problem[]>([]);
  #broken = $state.raw(false);
  /** Told when the document was written to. */
  onwritten: () => void = () => undefined;

  constructor(project: Project) {
    this.#project = project;
    this.#steps = new TextSteps(project, LABEL);
    this.#client = openText();
    project.doc.on("update", this.#written);
  }

  readonly #written = (update: Uint8Array): void => {
    this.#updates.push(update);
    if (!this.#writing) this.#others = true;
    this.onwritten();
  };

  /** The text as it begins; null where it could not be made. */
  async open(): Promise<string | null> {
    const state = Y.encodeStateAsUpdate(this.#project.doc);
    this.#updates = [];
    this.#others = false;
    this.#problems = [];
    this.#broken = false;
    this.#begins = true;
    return (await this.#client.open(state))?.text ?? null;
  }

  /** Begins with a new worker; gives the text as the design is written now. */
  again(): Promise<string | null> {
    this.#client.close();
    this.#client = openText();
    return this.open();
  }

  /** The text lacks nothing of the design: only what was typed in it is new. */
  get whole(): boolean {
    return !this.#others;
  }

  /** Faults of the text as it was when it was last sent, and what a design does not hold of it. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The text has a fault, and the design is the one it was before. */
  get broken(): boolean {
    return this.#broken;
  }

  /** There is something that the text may have to follow. */
  get waiting(): boolean {
    return this.#updates.length > 0;
  }

  /** Sends edits, one call at a time; gives the edits that bring the text to the design. Null: the worker is gone. */
  async step(
    edits: readonly TextEdit[],
    middle: { readonly x: number; readonly y: number } | null,
    typing: Typing | null = null,
  ): Promise<Batches | null> {
    const [updates, others] = [this.#updates, this.#others];
    this.#updates = [];
    this.#others = false;
    const step = await this.#client.step({ edits, updates, middle });
    // A text with a fault does not follow what others write.
    if (!step || step.broken) this.#others ||= others;
    if (!step) return null;
    this.#problems = step.problems;
    this.#broken = step.broken;
    // A text with a fault writes nothing: what began then is written once it has none.
    this.#begins ||= typing?.begins ?? edits.length > 0;
    this.#writing = true;
    this.#write(step, typing?.way ?? null);
    this.#writing = false;
    return step.batches;
  }

  /** The design as SQL of a dialect, by its id. Null: the worker is gone. */
  sql(dialect: string): Promise<SqlShown | null> {
    // What was written stays to be told to the text too.
    return this.#client.sql({ dialect, updates: [...this.#updates] });
  }

  #write({ changes, drawing, placed, name }: Step, way: Typing["way"]): void {
    const project = this.#project;
    if (changes.length === 0 && !drawing && placed.size === 0 && name === null) return;
    if (way !== null && !drawing && name === null && this.#steps.take(way, changes)) return;
    const now = performance.now();
    const joins = !this.#begins && way === null && now - this.#last < PAUSE_MS;
    this.#last = now;
    this.#begins = false;
    const edits = (): void => {
      project.apply(changes, LABEL);
      const places = new Map([...placed, ...(drawing?.places ?? [])]);
      if (places.size > 0) project.place(places as unknown as Parameters<Project["place"]>[0]);
      if (drawing) {
        for (const [id, tint] of drawing.tints) project.tint([id], tint);
        for (const area of drawing.areas) project.putArea(area);
        for (const id of drawing.areasGone) project.removeArea(id);
        for (const note of drawing.notes) project.putNote(note);
        for (const id of drawing.notesGone) project.removeNote(id);
      }
      if (name !== null) project.rename(name);
    };
    // The first of a row begins a step that the others may join.
    if (!joins) project.pause();
    this.#steps.write(joins, () => project.together(LABEL, edits, true));
  }

  close(): void {
    this.#project.doc.off("update", this.#written);
    this.#client.close();
  }
}
