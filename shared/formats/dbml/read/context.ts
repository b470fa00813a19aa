/** What everything that turns a text into a design shares. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Namespace, NamespaceId } from "../../../model/index.ts";
import type { Piece, Setting, Span, TableNode, TypeText, Value } from "../text/ast.ts";
import { idOf } from "../../kit/ids.ts";
import type { Fault } from "../../kit/faults.ts";
import type { Files, SourceFile } from "./files.ts";

/** A type as the dialect's engine would print it. */
export interface Printed {
  readonly text: string;
  /** The type of a column that a sequence fills, where that is what the type says. */
  readonly counted: string | null;
  /** An enum that the dialect has no way to say. */
  readonly values: boolean;
}

/** What is read and has no place in a design, counted by what it is. */
interface Leftover {
  readonly what: string;
  readonly why: string;
  readonly count: number;
}

/** What was told of one thing while it was read. */
export interface Told {
  readonly faults: (readonly [Piece, Fault])[];
  readonly leftovers: Leftover[];
}

const silence = (): Told => ({ faults: [], leftovers: [] });

export class Context {
  readonly dialect: Dialect;
  readonly files: Files;
  readonly namespaces = new Map<string, Namespace>();
  /** Tables that go without the partials that they name. */
  without: ReadonlySet<TableNode> = new Set();
  #told = silence();
  readonly #literals = new Map<string, string>();
  readonly #types = new Map<SourceFile, Map<TypeText, Printed>>();

  constructor(dialect: Dialect, files: Files) {
    this.dialect = dialect;
    this.files = files;
  }

  /** The namespace as a design has it; one that no table or type is in does not come to be. */
  namespace(written: string): NamespaceId {
    const name = this.namespaceName(written);
    let known = this.namespaces.get(name);
    if (!known) this.namespaces.set(name, (known = { id: idOf("namespace", name), name, comment: null }));
    return known.id;
  }

  namespaceName(written: string): string {
    return written === "" ? this.dialect.features.defaultNamespace : written;
  }

  /** Everything that was told. */
  get told(): Told {
    return this.#told;
  }

  tell(piece: Piece, fault: Fault): void {
    this.#told.faults.push([piece, fault]);
  }

  leave(what: string, why: string, count = 1): void {
    this.#told.leftovers.push({ what, why, count });
  }

  /** What `work` makes, and what it tells, which is not told to anyone else; null where that is nothing. */
  aside<T>(work: () => T): { readonly value: T; readonly told: Told | null } {
    const outer = this.#told;
    const told = (this.#told = silence());
    const value = work();
    this.#told = outer;
    return { value, told: told.faults.length + told.leftovers.length > 0 ? told : null };
  }

  again({ faults, leftovers }: Told): void {
    for (const fault of faults) this.#told.faults.push(fault);
    for (const leftover of leftovers) this.#told.leftovers.push(leftover);
  }

  /** Types of a file as the engine prints them, by how they are written: thousands of columns have a few dozen. */
  typesOf(file: SourceFile): Map<TypeText, Printed> {
    let known = this.#types.get(file);
    if (!known) this.#types.set(file, (known = new Map()));
    return known;
  }

  literal(text: string): string {
    let known = this.#literals.get(text);
    if (known === undefined) {
      known = this.dialect.quote.literal(text).trim();
      if (this.#literals.size < 10_000) this.#literals.set(text, known);
    }
    return known;
  }
}

/** What a setting may be, and what is done with it; null where it must have no value. */
export type Wanted = Readonly<Partial<Record<string, (value: Value | null, setting: Setting) => string | null>>>;

/**
 * Hands each setting to who wants it. A wanted one gives a word for what its value should have been, or null. Others are a person's
 * own where `own` is given, else a fault; a setting that stands twice counts once.
 */
export function settle(
  context: Context,
  piece: Piece,
  what: string,
  settings: readonly Setting[],
  wanted: Wanted,
  own: ((setting: Setting) => void) | null,
  repeatable: readonly string[] = [],
): void {
  const tell = (fault: Fault): void => {
    context.tell(piece, fault);
  };
  let seen: Set<string> | null = null;
  for (const setting of settings) {
    const { name, value } = setting;
    const at: Span = { start: setting.start, end: setting.end };
    if (settings.length > 1 && !repeatable.includes(name)) {
      seen ??= new Set();
      if (seen.has(name)) {
        tell({ ...at, code: "text.twice", what: "The setting", name: setting.written });
        continue;
      }
      seen.add(name);
    }
    const take = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    if (take) {
      const wants = take(value, setting);
      if (wants !== null && value?.kind !== "other")
        tell({
          start: value?.start ?? at.start,
          end: value?.end ?? at.end,
          code: "text.value",
          name: setting.written,
          wanted: wants,
        });
    } else if (own && (value?.kind === "string" || value?.kind === "colour")) own(setting);
    else if (own && value)
      tell({
        start: value.start,
        end: value.end,
        code: "text.value",
        name: setting.written,
        wanted: "a text in quotes or a colour",
      });
    else tell({ start: at.start, end: at.start + setting.written.length, code: "text.setting", name: setting.written, what });
  }
}

/** A text, in single quotes or in double ones as older files have it. */
export function textOf(value: Value | null): string | null {
  if (value?.kind === "string") return value.text;
  return value?.kind === "name" && value.parts.length === 1 ? (value.parts[0] ?? null) : null;
}

/** A word or a text. */
export function wordOf(value: Value | null): string | null {
  return value?.kind === "words" ? value.text : textOf(value);
}

export const spanOf = ({ start, end }: Span): Span => ({ start, end });
