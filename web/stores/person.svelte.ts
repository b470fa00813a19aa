/** Who sits here: the name and colour that others see. Remembered on this device; nobody checks it. */
import type { TintName } from "#shared/model/index.ts";
import { mint } from "../mint.ts";
import type { Preferences } from "../storage/preferences.ts";
import { TINTS } from "./tints.ts";

const KEY = "person";
const ID_KEY = "person-id";
const DEFAULT_NAME = "Guest";
/** As long as the server lets a name be. */
export const NAME_LENGTH = 64;

export class Person {
  readonly #preferences: Preferences;
  /** Tells this browser's comments from those of others. */
  readonly id: string;
  #name = $state.raw(DEFAULT_NAME);
  #tint = $state.raw<TintName>("teal");
  #asked = $state.raw(false);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    const id = preferences.get(ID_KEY);
    this.id = typeof id === "string" ? id : mint();
    if (id !== this.id) preferences.set(ID_KEY, this.id);
    const stored = preferences.get(KEY) as { readonly name?: unknown; readonly tint?: unknown } | null;
    this.#tint = TINTS.find((tint) => tint === stored?.tint) ?? TINTS[Math.floor(Math.random() * TINTS.length)] ?? "teal";
    if (typeof stored?.name !== "string" || stored.name === "") return;
    this.#name = stored.name.slice(0, NAME_LENGTH);
    this.#asked = true;
  }

  get name(): string {
    return this.#name;
  }
  get tint(): TintName {
    return this.#tint;
  }
  /** False until a person was asked for a name. */
  get asked(): boolean {
    return this.#asked;
  }

  /** An empty name becomes the usual one. */
  call(name: string): void {
    this.#name = name.trim().slice(0, NAME_LENGTH) || DEFAULT_NAME;
    this.#asked = true;
    this.#keep();
  }

  colour(tint: TintName): void {
    this.#tint = tint;
    this.#keep();
  }

  #keep(): void {
    this.#preferences.set(KEY, { name: this.#name, tint: this.#tint });
  }
}
