/**
 * The editor's text and the worker's: one call under way at a time. What is typed meanwhile waits; edits that come back are put beneath
 * it, so that neither the cursor nor what a person is writing moves.
 */
import { undoDepth } from "@codemirror/commands";
import { Annotation, ChangeSet, type Text, Transaction } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import type { TextEdit } from "#shared/code/index.ts";
import type { Typing } from "../stores/code.svelte.ts";

/** Edits that come from the design. */
export const fromDesign = Annotation.define<boolean>();

export interface Other {
  readonly step: (edits: readonly TextEdit[], typing: Typing | null) => Promise<readonly (readonly TextEdit[])[] | null>;
  /** There is something to be told, though nothing was typed. */
  readonly waiting: () => boolean;
  /** An answer came; `moved` leads from the text that was sent to the text that is there. */
  readonly answered: (moved: ChangeSet) => void;
  readonly failed: () => void;
}

/** A text as the other side knows it, and what was typed on it. */
interface Unheard {
  readonly base: Text;
  readonly typed: ChangeSet;
}

export class Sync {
  readonly #view: EditorView;
  readonly #other: Other;
  /** The text as the other side knows it, and what was typed since it was sent last. */
  #base: Text;
  #typed: ChangeSet;
  /** How that came about; null where nothing was typed. */
  #typing: Typing | null = null;
  #busy = false;
  #closed = false;

  /** `unheard`: where it goes on from. */
  constructor(view: EditorView, other: Other, unheard: Unheard | null = null) {
    this.#view = view;
    this.#other = other;
    this.#base = unheard?.base ?? view.state.doc;
    this.#typed = unheard?.typed ?? ChangeSet.empty(view.state.doc.length);
  }

  /** After a failure: the text that the other side knew last, and all that was typed on it. */
  get unheard(): Unheard {
    return { base: this.#base, typed: this.#typed };
  }

  /** Hears of every change of the editor's text. */
  heard(update: ViewUpdate): void {
    const { changes, transactions } = update;
    if (changes.empty || transactions.some((one) => one.annotation(fromDesign))) return;
    this.#typing = joined(this.#typing, typingOf(update));
    this.#typed = this.#typed.compose(changes);
    this.ask();
  }

  ask(): void {
    if (!this.#busy && !this.#closed && (!this.#typed.empty || this.#other.waiting())) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#busy = true;
    const [sent, typing] = [this.#typed, this.#typing];
    const text: Text = this.#view.state.doc;
    this.#typed = ChangeSet.empty(text.length);
    this.#typing = null;
    const batches = await this.#other.step(editsOf(sent), typing);
    this.#busy = false;
    if (this.#closed) return;
    if (!batches) {
      this.#typed = sent.compose(this.#typed);
      this.close();
      return this.#other.failed();
    }
    this.#base = text;
    this.follow(batches);
    this.#other.answered(this.#typed);
    this.ask();
  }

  /** Puts edits of the text that the other side knows beneath what was typed since. */
  follow(batches: readonly (readonly TextEdit[])[]): void {
    if (batches.length === 0) return;
    let coming = ChangeSet.empty(this.#base.length);
    for (const batch of batches) coming = coming.compose(ChangeSet.of([...batch], coming.newLength));
    this.#base = coming.apply(this.#base);
    const here = coming.map(this.#typed);
    this.#typed = this.#typed.map(coming, true);
    this.#view.dispatch({ changes: here, annotations: [fromDesign.of(true), Transaction.addToHistory.of(false)] });
  }

  close(): void {
    this.#closed = true;
  }
}

function typingOf({ startState, state, transactions }: ViewUpdate): Typing {
  const all = (event: string): boolean => transactions.every((one) => !one.docChanged || one.isUserEvent(event));
  const way = all("undo") ? "undo" : all("redo") ? "redo" : null;
  return { way, begins: undoDepth(state) > undoDepth(startState) };
}

/** What was done after each other, as one. */
const joined = (before: Typing | null, after: Typing): Typing =>
  before ? { way: before.way === after.way ? after.way : null, begins: before.begins || after.begins } : after;

function editsOf(changes: ChangeSet): TextEdit[] {
  const edits: TextEdit[] = [];
  changes.iterChanges((from, to, _a, _b, insert) => edits.push({ from, to, insert: insert.toString() }));
  return edits;
}
