/** What everything that turns a text into a design shares. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Namespace, NamespaceId, UserType } from "../../../model/index.ts";
import type { Name, Setting, Span, Value } from "../text/ast.ts";
import type { Files, SourceFile } from "./files.ts";

/** Names are parts of ids: a dot in one is not the dot between two. */
const safe = (name: string): string => (/[.\\]/.test(name) ? name.replace(/[.\\]/g, "\\$&") : name);

/** An id made from a kind and names: the same text gives the same ids. */
export const idOf = <T extends string>(kind: string, ...names: readonly string[]): T =>
  `${kind}:${names.map(safe).join(".")}` as T;

/** What is read and has no place in a design, counted by what it is. */
export interface Leftover {
  readonly what: string;
  readonly why: string;
  count: number;
}

export class Context {
  readonly dialect: Dialect;
  readonly files: Files;
  readonly namespaces = new Map<string, Namespace>();
  readonly types: UserType[] = [];
  readonly leftovers = new Map<string, Leftover>();
  /** Rows that stand beside the design, and of how many tables. */
  rows = 0;
  rowTables = 0;
  #literals = new Map<string, string>();
  #types = new Map<SourceFile, Map<string, string>>();

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

  leave(what: string, why: string, count = 1): void {
    const known = this.leftovers.get(what);
    if (known) known.count += count;
    else this.leftovers.set(what, { what, why, count });
  }

  /** Types of a file as the engine prints them, by how they are written: thousands of columns have a few dozen. */
  typesOf(file: SourceFile): Map<string, string> {
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
  { tell }: SourceFile,
  what: string,
  settings: readonly Setting[],
  wanted: Wanted,
  own: ((setting: Setting) => void) | null,
  repeatable: readonly string[] = [],
): void {
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
          ...(value ?? at),
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

export const spanOf = (name: Name): Span => ({ start: name.start, end: name.end });
