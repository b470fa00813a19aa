/** What a person chose about the app itself; remembered on this device. */
import type { Preferences } from "../storage/preferences.ts";

export const THEMES = ["system", "light", "dark"] as const;
/** How the ends of relations are drawn. */
export const NOTATIONS = ["crow", "minmax", "idef1x", "arrow"] as const;
/** Which rows tables show. */
export const COLUMNS = ["all", "keys", "names"] as const;

export type ThemeChoice = (typeof THEMES)[number];
export type Notation = (typeof NOTATIONS)[number];
export type ShownColumns = (typeof COLUMNS)[number];

/** Below this width the list and the inspector are drawers over the canvas, one at a time. */
const NARROW = "(max-width: 760px)";
const DRAWER = 304;

const RAIL = { least: 180, most: 480, usual: 252 };
const INSPECTOR = { least: 240, most: 560, usual: 300 };
const CODE = { least: 260, most: 960, usual: 420 };

const within = (value: unknown, { least, most, usual }: typeof RAIL): number =>
  typeof value === "number" && value >= least && value <= most ? value : usual;

/** The stored choice, if it is one of these; else the first. */
const oneOf = <T extends string>(choices: readonly [T, ...T[]], stored: unknown): T =>
  choices.find((choice) => choice === stored) ?? choices[0];

export class Settings {
  readonly #preferences: Preferences;
  #choice = $state.raw<ThemeChoice>("system");
  #systemDark = $state.raw(false);
  #rail = $state.raw(RAIL.usual);
  #inspector = $state.raw(INSPECTOR.usual);
  #code = $state.raw(CODE.usual);
  #codeOpen = $state.raw(false);
  #railOpen = $state.raw(true);
  #inspectorOpen = $state.raw(true);
  #narrow = $state.raw(false);
  #drawer = $state.raw<"list" | "inspector" | null>(null);
  #notation = $state.raw<Notation>("crow");
  #columns = $state.raw<ShownColumns>("all");
  #minimap = $state.raw(true);
  #importDialect = $state.raw<string | null>(null);
  #exportKind = $state.raw<string | null>(null);
  #codeShown = $state.raw<string | null>(null);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    this.#choice = oneOf(THEMES, preferences.get("theme"));
    this.#notation = oneOf(NOTATIONS, preferences.get("notation"));
    this.#columns = oneOf(COLUMNS, preferences.get("columns"));
    this.#minimap = preferences.get("minimap") !== false;
    const dialect = preferences.get("import-dialect");
    if (typeof dialect === "string") this.#importDialect = dialect;
    const kind = preferences.get("export-kind");
    if (typeof kind === "string") this.#exportKind = kind;
    const shown = preferences.get("code-shown");
    if (typeof shown === "string") this.#codeShown = shown;
    this.#rail = within(preferences.get("rail"), RAIL);
    this.#inspector = within(preferences.get("inspector"), INSPECTOR);
    this.#code = within(preferences.get("code"), CODE);
    this.#codeOpen = preferences.get("code-open") === true;
    this.#railOpen = preferences.get("rail-open") !== false;
    this.#inspectorOpen = preferences.get("inspector-open") !== false;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    this.#systemDark = dark.matches;
    dark.addEventListener("change", () => {
      this.#systemDark = dark.matches;
    });
    const narrow = window.matchMedia(NARROW);
    this.#narrow = narrow.matches;
    narrow.addEventListener("change", () => {
      this.#narrow = narrow.matches;
      this.#drawer = null;
    });
  }

  get themeChoice(): ThemeChoice {
    return this.#choice;
  }
  get theme(): "light" | "dark" {
    return this.#choice === "system" ? (this.#systemDark ? "dark" : "light") : this.#choice;
  }
  setTheme(choice: ThemeChoice): void {
    this.#choice = choice;
    this.#preferences.set("theme", choice);
  }

  get notation(): Notation {
    return this.#notation;
  }
  setNotation(notation: Notation): void {
    this.#notation = notation;
    this.#preferences.set("notation", notation);
  }

  get columns(): ShownColumns {
    return this.#columns;
  }
  setColumns(columns: ShownColumns): void {
    this.#columns = columns;
    this.#preferences.set("columns", columns);
  }

  get minimap(): boolean {
    return this.#minimap;
  }
  setMinimap(on: boolean): void {
    this.#minimap = on;
    this.#preferences.set("minimap", on);
  }

  /** The dialect that a person said a text was of, last time: it decides where recognition cannot. */
  get importDialect(): string | null {
    return this.#importDialect;
  }
  setImportDialect(dialect: string | null): void {
    this.#importDialect = dialect;
    this.#preferences.set("import-dialect", dialect);
  }

  /** As which format a design was exported last time; null for SQL. */
  get exportKind(): string | null {
    return this.#exportKind;
  }
  setExportKind(kind: string | null): void {
    this.#exportKind = kind;
    this.#preferences.set("export-kind", kind);
  }

  /** The dialect whose SQL stands beside the canvas; null for DBML. */
  get codeShown(): string | null {
    return this.#codeShown;
  }
  setCodeShown(dialect: string | null): void {
    this.#codeShown = dialect;
    this.#preferences.set("code-shown", dialect);
  }

  /** The window is as narrow as a phone's. */
  get narrow(): boolean {
    return this.#narrow;
  }
  /** What lies over the canvas of a narrow window. */
  get drawer(): "list" | "inspector" | null {
    return this.#narrow ? this.#drawer : null;
  }
  closeDrawer(): void {
    this.#drawer = null;
  }

  get rail(): number {
    if (this.#narrow) return this.#drawer === "list" ? DRAWER : 0;
    return this.#railOpen ? this.#rail : 0;
  }
  get inspector(): number {
    if (this.#narrow) return this.#drawer === "inspector" ? DRAWER : 0;
    return this.#inspectorOpen ? this.#inspector : 0;
  }
  /** The text beside the canvas; 0: not there. */
  get code(): number {
    return this.#codeOpen ? this.#code : 0;
  }
  setCode(width: number): void {
    this.#code = Math.min(CODE.most, Math.max(CODE.least, width));
    this.#preferences.set("code", this.#code);
  }
  toggleCode(): void {
    this.#codeOpen = !this.#codeOpen;
    this.#preferences.set("code-open", this.#codeOpen);
  }
  setRail(width: number): void {
    this.#rail = Math.min(RAIL.most, Math.max(RAIL.least, width));
    this.#preferences.set("rail", this.#rail);
  }
  setInspector(width: number): void {
    this.#inspector = Math.min(INSPECTOR.most, Math.max(INSPECTOR.least, width));
    this.#preferences.set("inspector", this.#inspector);
  }
  toggleRail(): void {
    if (this.#narrow) {
      this.#drawer = this.#drawer === "list" ? null : "list";
      return;
    }
    this.#railOpen = !this.#railOpen;
    this.#preferences.set("rail-open", this.#railOpen);
  }
  toggleInspector(): void {
    if (this.#narrow) {
      this.#drawer = this.#drawer === "inspector" ? null : "inspector";
      return;
    }
    this.#inspectorOpen = !this.#inspectorOpen;
    this.#preferences.set("inspector-open", this.#inspectorOpen);
  }
}
