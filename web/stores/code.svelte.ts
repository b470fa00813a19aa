/** The text of the open design: what is typed goes to the worker that reads it, what that says goes into the design and the text. */
import * as Y from "yjs";
import type { Step, TextEdit } from "#shared/code/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { openText, type TextClient } from "../workers/text/client.ts";
import type { Project } from "./project.svelte.ts";

/** What is typed within so many milliseconds of each other is one undo step. */
const PAUSE_MS = 1200;
const LABEL = "Edit the text";

type Batches = Step["batches"];

export class Code {
  readonly #project: Project;
  #client: TextClient;
  #updates: Uint8Array[] = [];
  #last = 0;
  /** Something else than the text has written into the document, and the text does not say it yet. */
  #others = false;
  #writing = false;
  #problems = $state.raw<readonly Problem[]>([]);
  #broken = $state.raw(false);
  /** Told when the document was written to. */
  onwritten: () => void = () => undefined;

  constructor(project: Project) {
    this.#project = project;
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
  async step(edits: readonly TextEdit[], middle: { readonly x: number; readonly y: number } | null): Promise<Batches | null> {
    const [updates, others] = [this.#updates, this.#others];
    this.#updates = [];
    this.#others = false;
    const step = await this.#client.step({ edits, updates, middle });
    // A text with a fault does not follow what others write.
    if (!step || step.broken) this.#others ||= others;
    if (!step) return null;
    this.#problems = step.problems;
    this.#broken = step.broken;
    this.#write(step);
    return step.batches;
  }

  #write({ changes, drawing, placed, name }: Step): void {
    const project = this.#project;
    if (changes.length === 0 && !drawing && placed.size === 0 && name === null) return;
    const now = performance.now();
    const joins = now - this.#last < PAUSE_MS;
    this.#last = now;
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
    this.#writing = true;
    project.together(LABEL, edits, true);
    this.#writing = false;
  }

  close(): void {
    this.#project.doc.off("update", this.#written);
    this.#client.close();
  }
}
