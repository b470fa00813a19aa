/** The list of designs on this device. */
import type { DesignDatabase, StoredDesign } from "../storage/database.ts";
import { mint } from "../mint.ts";

interface StoredDocument {
  readonly name: string;
  readonly dialect: string;
  readonly tables: number;
  readonly update: Uint8Array;
}

export class Designs {
  readonly #database: DesignDatabase;
  #all = $state.raw<readonly StoredDesign[]>([]);

  constructor(database: DesignDatabase) {
    this.#database = database;
  }

  get all(): readonly StoredDesign[] {
    return this.#all;
  }

  async refresh(): Promise<void> {
    this.#all = await this.#database.list();
  }

  /** Stores a new design, given as its document, and gives its id. */
  async store({ name, dialect, tables, update }: StoredDocument): Promise<string> {
    const id = mint();
    await this.#database.append(id, update);
    await this.#database.put({ id, name, dialect, tables, updated: Date.now(), deleted: null });
    await this.refresh();
    return id;
  }

  /** An empty design of a dialect, with its default namespace. */
  async createEmpty(dialect: string, namespace: string): Promise<string> {
    const { emptyDocument } = await import("./new-designs.ts");
    const name = "Untitled";
    return this.store({ name, dialect, tables: 0, update: emptyDocument(name, dialect, namespace) });
  }

  async duplicate(id: string): Promise<string | null> {
    const { copyDesign } = await import("./new-designs.ts");
    const copy = await copyDesign(this.#database, id);
    await this.refresh();
    return copy;
  }

  /** Renames a design that is not open here; another tab that has it open hears of it. */
  async rename(id: string, name: string): Promise<void> {
    const { editStored } = await import("../storage/keep.ts");
    const [design, edited] = [
      await this.#database.get(id),
      await editStored(this.#database, id, (doc) => doc.getMap("meta").set("name", name)),
    ];
    if (!design || !edited) return;
    await this.#database.put({ ...design, name, updated: Date.now() });
    await this.refresh();
  }

  /** Into the bin, from which `restore` brings it back for thirty days. */
  async remove(id: string): Promise<void> {
    await this.#mark(id, Date.now());
  }

  async restore(id: string): Promise<void> {
    await this.#mark(id, null);
  }

  async #mark(id: string, deleted: number | null): Promise<void> {
    const design = await this.#database.get(id);
    if (design) await this.#database.put({ ...design, deleted });
    await this.refresh();
  }
}
