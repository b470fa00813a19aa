/**
 * The application: builds the parts and knows them all. What is open is decided by the address (`#/d/<design>`), so that reload,
 * back and links work.
 */
import { dialectOf, dialects } from "#shared/dialects/index.ts";
import { fail, problem, type Problem, type Result, sentence } from "#shared/result/index.ts";
import { type DesignDatabase, openDatabase } from "../storage/database.ts";
import { askToPersist, browserPreferences } from "../storage/preferences.ts";
import type { Stores } from "../stores/context.ts";
import { Designs } from "../stores/designs.svelte.ts";
import { Person } from "../stores/person.svelte.ts";
import { Project } from "../stores/project.svelte.ts";
import { Settings } from "../stores/settings.svelte.ts";
import type { History } from "../stores/history/history.svelte.ts";
import type { Offline } from "../stores/offline.svelte.ts";
import { readRoomLink, type RoomKey } from "../sync/link.ts";
import { closeStores, openStores } from "./design-stores.ts";
import { Device } from "./device.svelte.ts";
import type { Folder } from "./folders.ts";
import type { FoundIn } from "./found.svelte.ts";
import type { Looking } from "./history.ts";

export interface Toast {
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

export type DialogName =
  | "import"
  | "migrations"
  | "found"
  | "connect"
  | "compare"
  | "export"
  | "share"
  | "shared"
  | "history"
  | "join"
  | "merge"
  | "designs"
  | "palette"
  | "keys"
  | "settings"
  | "offline"
  | "about";

const ADDRESS = /^#\/d\/(\w+)$/;
/** A shared design: a gist's id, after the sign that keeps it from the server's logs. */
const SHARED = /^#\/g\/([0-9a-f-]{32,36})$/;
const TOAST_MS = 8000;

export class App {
  readonly preferences = browserPreferences();
  readonly settings = new Settings(this.preferences);
  readonly person = new Person(this.preferences);
  readonly device = new Device();
  /** The copy of the app on this device; made when it is first looked at. */
  offline: Offline | null = null;
  #database: DesignDatabase | null = null;
  #designs = $state.raw<Designs | null>(null);
  #stores = $state.raw<Stores | null>(null);
  #state = $state.raw<"starting" | "start" | "design" | "missing" | "broken" | "blocked">("starting");
  #failure = $state.raw<Problem | null>(null);
  #warning = $state.raw<Problem | null>(null);
  #toast = $state.raw<Toast | null>(null);
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  #fault = $state.raw<unknown>(null);
  #sharedId = $state.raw<string | null>(null);
  #joining = $state.raw<RoomKey | null>(null);
  #looking = $state.raw<Looking | null>(null);
  #history: Promise<History> | null = null;
  dialog = $state.raw<DialogName | null>(null);
  /** The folder that was dropped or chosen. */
  folder = $state.raw<Folder | null>(null);
  #found = $state.raw<FoundIn | null>(null);

  get state(): "starting" | "start" | "design" | "missing" | "broken" | "blocked" {
    return this.#state;
  }
  /** Those of what is shown: the open design, or a version of it. */
  get stores(): Stores | null {
    return this.#looking?.stores ?? this.#stores;
  }
  /** Those of the open design, also while a version of it is shown. */
  get design(): Stores | null {
    return this.#stores;
  }
  get looking(): Looking | null {
    return this.#looking;
  }
  get designs(): Designs | null {
    return this.#designs;
  }
  get failure(): string | null {
    return this.#failure ? sentence(this.#failure) : null;
  }
  /** Why the stored design cannot be opened. */
  get fault(): unknown {
    return this.#fault;
  }
  get warning(): string | null {
    return this.#warning ? sentence(this.#warning) : null;
  }
  /** The shared design that the address asks for. */
  get sharedId(): string | null {
    return this.#sharedId;
  }
  /** The room that a link asked for. */
  get joining(): RoomKey | null {
    return this.#joining;
  }
  /** The designs that the folder holds. */
  get found(): FoundIn | null {
    return this.#found;
  }
  get toast(): Toast | null {
    return this.#toast;
  }

  async start(): Promise<void> {
    try {
      this.#database = await openDatabase();
    } catch (error) {
      this.#failure = problem("storage.failed", "error", { message: error instanceof Error ? error.message : String(error) });
      this.#state = "blocked";
      return;
    }
    this.#designs = new Designs(this.#database);
    await this.#designs.refresh();
    // DrawDB's links: /editor?shareId=<id>.
    const shareId = new URLSearchParams(location.search).get("shareId");
    if (shareId !== null) history.replaceState(null, "", `/#/g/${shareId}`);
    window.addEventListener("hashchange", () => void this.#route());
    window.addEventListener("beforeunload", (event) => {
      // The browser's own question stands between a person and what is not on the device yet.
      if (this.#stores && this.#stores.project.saving !== "saved") event.preventDefault();
    });
    await this.#route();
  }

  async #route(): Promise<void> {
    const key = readRoomLink(location.hash);
    if (key) {
      // The secret does not stay in the address bar, where it would be seen, or in the history.
      history.replaceState(null, "", "/");
      this.#joining = key;
    }
    const id = ADDRESS.exec(location.hash)?.[1] ?? null;
    if (this.#stores && this.#stores.project.id === id) return;
    await this.#close();
    this.dialog = null;
    if (id === null || !this.#database) {
      await this.#designs?.refresh();
      this.#state = "start";
      this.#sharedId = SHARED.exec(location.hash)?.[1] ?? null;
      if (this.#joining) this.dialog = "join";
      else if (this.#sharedId !== null) this.dialog = "shared";
      return;
    }
    const project = await this.#opened(this.#database, id);
    await new Promise((resolve) => setTimeout(resolve));
    if (ADDRESS.exec(location.hash)?.[1] !== id) {
      // The address went on while the design was read; the route that follows it is under way.
      await project?.close();
      return;
    }
    if (!project) {
      this.#state = this.#fault === null ? "missing" : "broken";
      return;
    }
    this.#stores = await openStores(this.#database, project, this);
    this.#state = "design";
    void this.#persist();
  }

  /** An edge: what is stored may be broken past reading, and a person must still get at it. */
  async #opened(database: DesignDatabase, id: string): Promise<Project | null> {
    this.#fault = null;
    try {
      return await Project.open(database, id);
    } catch (error) {
      this.#fault = error;
      return null;
    }
  }

  /** What is stored of the design that the address names, whether it can be read or not. */
  async stored(): Promise<readonly Uint8Array[]> {
    const id = ADDRESS.exec(location.hash)?.[1];
    return id === undefined || !this.#database ? [] : this.#database.load(id);
  }

  async #persist(): Promise<void> {
    if (!(await askToPersist()) && this.preferences.get("persist-warning") !== "seen")
      this.#warning = problem("storage.not-persistent", "warning");
  }

  dismissWarning(): void {
    this.preferences.set("persist-warning", "seen");
    this.#warning = null;
  }

  /** Shows a version in the place of the design; null goes back to it. */
  look(version: Looking | null): void {
    this.#looking?.close();
    this.#looking = version;
  }

  /** The history of the open design; rejects where its code is not on this device yet. */
  history(): Promise<History> | null {
    const stores = this.#stores;
    if (stores && !this.#history) {
      this.#history = import("./history.ts").then(({ openHistory }) => openHistory(this, stores));
      this.#history.catch(() => (this.#history = null));
    }
    return this.#history;
  }

  async #close(): Promise<void> {
    this.look(null);
    const stores = this.#stores;
    this.#stores = null;
    if (!stores) return;
    const history = this.#history;
    this.#history = null;
    // It takes the bytes of the document at once, and keeps them while one goes on.
    void history?.then((opened) => opened.close()).catch(() => undefined);
    await closeStores(stores);
  }

  open(id: string): void {
    location.hash = `#/d/${id}`;
  }

  /** The shared design was read, or is not wanted: the address no longer asks for it. */
  leaveShared(): void {
    history.replaceState(null, "", "/");
    this.#sharedId = null;
  }

  /** Makes the design behind the link one of this device's and gives its id. */
  async join(key: RoomKey): Promise<Result<string>> {
    if (!this.#database || !this.#designs) return fail(problem("room.unreachable", "error"));
    const { joinRoom } = await import("../stores/join.ts");
    return joinRoom(this.#database, this.#designs, key, this.person.name);
  }

  /** The link was followed, or is not wanted. */
  leaveJoining(): void {
    this.#joining = null;
  }

  /** Finds out what a folder holds; migrations are replayed. */
  replay(folder: Folder): void {
    this.folder = folder;
    this.dialog = "migrations";
  }

  /** Lists designs that were found. */
  show(found: FoundIn): void {
    this.#found = found;
    this.dialog = "found";
  }

  home(): void {
    location.hash = "";
  }

  async startEmpty(dialect: string): Promise<void> {
    const value = dialectOf(dialect) ?? dialects.postgres;
    const id = await this.#designs?.createEmpty(value.id, value.features.defaultNamespace);
    if (id !== undefined) this.open(id);
  }

  say(text: string, action: Toast["action"] = null): void {
    clearTimeout(this.#toastTimer);
    this.#toast = { text, action };
    this.#toastTimer = setTimeout(() => {
      this.#toast = null;
    }, TOAST_MS);
  }

  silence(): void {
    this.#toast = null;
  }
}
