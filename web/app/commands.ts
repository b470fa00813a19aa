/** Every action, as data: menus, keys and the palette all use these. */
import { isTyping } from "../ui/typing.ts";
import type { App } from "./app.svelte.ts";
import { editCommands } from "./edit-commands.ts";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** `Mod+Z`, `Shift+?`, `T`; Mod is Ctrl, or Cmd on a Mac. Single letters work while no field has the focus. */
  readonly keys: readonly string[];
  readonly enabled: () => boolean;
  readonly run: () => void;
}

const always = (): boolean => true;

function appCommands(app: App): Command[] {
  const inDesign = (): boolean => app.stores !== null;
  const make = (
    id: string,
    label: string,
    keys: readonly string[],
    run: () => void,
    enabled = always,
    group = "App",
  ): Command => ({ id, label, group, keys, enabled, run });
  /** Not a version of it that is looked at. */
  const isOpen = (): boolean => inDesign() && !app.looking;
  const reachable = (): boolean => isOpen() && app.stores?.project.dialect.live !== null;
  const met = (): boolean => isOpen() && Boolean(app.stores?.together.meeting?.report);
  const { settings, device } = app;
  /** Commands that stand here only while the browser offers them. */
  const offered = (id: string, label: string, run: (() => void) | null): Command[] => (run ? [make(id, label, [], run)] : []);
  return [
    make("palette", "Search or run…", ["Mod+K"], () => (app.dialog = "palette"), inDesign),
    make("find", "Find a table or column", ["/"], () => document.getElementById("find")?.focus(), inDesign),
    make("export", "Export…", ["Mod+E"], () => (app.dialog = "export"), inDesign, "Design"),
    make("share", "Share a link…", [], () => (app.dialog = "share"), isOpen, "Design"),
    make("history", "History…", ["Mod+Shift+H"], () => (app.dialog = "history"), inDesign, "Design"),
    make("merge", "What came together…", [], () => (app.dialog = "merge"), met, "Design"),
    make("import", "Import a file or paste SQL…", ["Mod+O"], () => (app.dialog = "import"), always, "Design"),
    make("connect", "Connect to a database…", [], () => (app.dialog = "connect"), always, "Design"),
    make("compare", "Compare with a live database…", [], () => (app.dialog = "compare"), reachable, "Design"),
    make("designs", "All designs…", ["Mod+Shift+O"], () => (app.dialog = "designs"), always, "Design"),
    make("home", "Start page", [], () => app.home(), inDesign),
    make("settings", "Settings…", ["Mod+,"], () => (app.dialog = "settings")),
    make("keys", "Show the keys", ["?"], () => (app.dialog = "keys")),
    make("theme", "Switch between light and dark", [], () => settings.setTheme(settings.theme === "dark" ? "light" : "dark")),
    make("theme-system", "Follow the system's theme", [], () => settings.setTheme("system")),
    make("rail", "Show or hide the list", ["Mod+B"], () => settings.toggleRail(), inDesign),
    make("code", "Show or hide the code", ["Mod+J"], () => settings.toggleCode(), inDesign),
    make("inspector", "Show or hide the inspector", ["Mod+I"], () => settings.toggleInspector(), inDesign),
    make("offline", "Make available offline…", [], () => (app.dialog = "offline")),
    ...offered("install", "Install Drawbridge…", device.install),
    ...offered("update", "Load the new version", device.update),
    make("about", "About Drawbridge", [], () => (app.dialog = "about")),
  ];
}

export function commandsOf(app: App): readonly Command[] {
  return [...(app.stores ? editCommands(app.stores, app) : []), ...appCommands(app)];
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `Mod+Shift+Z` as this machine writes it. */
export const shownKeys = (keys: string): string =>
  keys === "+" ? keys : keys.replace("Mod", isMac() ? "⌘" : "Ctrl").replaceAll("+", " ");

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys === "+" ? ["+"] : keys.split("+");
  const key = parts.at(-1) ?? "";
  // With Shift a digit key types a sign that depends on the layout.
  const pressed = /^Digit\d$/.test(event.code) && parts.includes("Shift") ? event.code.slice(5) : event.key;
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  const wantsShift = parts.includes("Shift");
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  return (
    pressed.toLowerCase() === key.toLowerCase() &&
    mod === parts.includes("Mod") &&
    event.altKey === parts.includes("Alt") &&
    (isSign || event.shiftKey === wantsShift)
  );
}

/** Keys for which the browser sends an event of its own: see clipboard.ts. */
const BROWSERS_OWN = /^Mod\+[CXV]$/;

/** Runs the command that a key press means. Keys without Mod do nothing while a person types. */
export function handleKey(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || app.dialog !== null) return;
  const typing = isTyping(event.target);
  const command = commandsOf(app).find(({ keys }) =>
    keys.some((key) => !BROWSERS_OWN.test(key) && matches(key, event) && (!typing || /Mod\+(K|E|O|B|I|J|,|Shift\+H)$/.test(key))),
  );
  if (!command?.enabled()) return;
  event.preventDefault();
  command.run();
}
