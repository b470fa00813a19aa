/** What a menu holds, where it goes on the screen, and which entry a typed letter means. */
export type MenuEntry =
  | {
      readonly kind: "item";
      readonly id: string;
      readonly label: string;
      /** As a person reads them: `Ctrl K`; empty for none. */
      readonly keys: string;
      readonly disabled: boolean;
      /** Null for what is done, not chosen. */
      readonly checked: boolean | null;
      /** A colour shown before the label, as CSS; null for none. */
      readonly swatch: string | null;
      readonly run: () => void;
    }
  | { readonly kind: "menu"; readonly id: string; readonly label: string; readonly entries: readonly MenuEntry[] }
  | { readonly kind: "line"; readonly id: string };

export interface MenuRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What one pane of a menu is given. */
export interface MenuPane {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly anchor: MenuRect;
  /** Opened from an entry of another pane; the press that closes is that one's affair. */
  readonly nested: boolean;
  /** `back`: only this pane closes. */
  readonly onclose: (how: "all" | "back") => void;
}

interface MenuSize {
  readonly width: number;
  readonly height: number;
}

/** A menu keeps so far from the edges of the window, CSS pixels. */
const EDGE = 8;

const kept = (wanted: number, length: number, room: number): number => Math.max(EDGE, Math.min(wanted, room - EDGE - length));

/** The top left of a menu: below what it belongs to, or above it where there is no room. A point is a rectangle of no size. */
export function below(anchor: MenuRect, menu: MenuSize, view: MenuSize): readonly [x: number, y: number] {
  const under = anchor.y + anchor.height;
  const over = anchor.y - menu.height;
  const y = under + menu.height + EDGE > view.height && over >= EDGE ? over : under;
  return [kept(anchor.x, menu.width, view.width), kept(y, menu.height, view.height)];
}

/** The top left of a menu that opens from an entry of another: to its right, or to its left where there is no room. */
export function beside(anchor: MenuRect, menu: MenuSize, view: MenuSize): readonly [x: number, y: number] {
  const right = anchor.x + anchor.width;
  const left = anchor.x - menu.width;
  const x = right + menu.width + EDGE > view.width && left >= EDGE ? left : right;
  return [kept(x, menu.width, view.width), kept(anchor.y - EDGE / 2, menu.height, view.height)];
}

/** The next entry after `from` whose label begins with a letter, around the end; -1 for none. */
export function typedTo(labels: readonly string[], from: number, letter: string): number {
  const wanted = letter.toLowerCase();
  const order = labels.map((_, at) => (from + 1 + at + labels.length) % labels.length);
  return order.find((at) => labels[at]?.toLowerCase().startsWith(wanted)) ?? -1;
}

/** Without lines at the ends and without two in a row. */
export const tidy = (entries: readonly MenuEntry[]): MenuEntry[] =>
  entries.filter(
    ({ kind }, at) =>
      kind !== "line" || (at > 0 && entries[at - 1]?.kind !== "line" && entries.slice(at).some((next) => next.kind !== "line")),
  );

/** The key that opens the menu of what has the focus. */
export const isMenuKey = (event: KeyboardEvent): boolean =>
  event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
