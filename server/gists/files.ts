/**
 * Gists as files: a folder for each, with its record and one file for each text. The record is written last and removed first, so a
 * gist is there whole or not at all.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, readText, removeFile, type SharedFolder, writeWhole } from "../store/folder.ts";
import { createQueue } from "../store/queue.ts";
import { type GistRecord, isGistId, neededTexts, parseRecord, type Texts } from "./record.ts";
import type { GistStore } from "./store.ts";

const RECORD = "gist.json";

async function write(folder: string, record: GistRecord, texts: Texts): Promise<void> {
  await makeFolder(folder);
  for (const [hash, text] of texts) await writeWhole(join(folder, `${hash}.txt`), text);
  await writeWhole(join(folder, RECORD), JSON.stringify(record));
}

async function sweep(folder: string, record: GistRecord): Promise<void> {
  const needed = neededTexts(record);
  for (const name of await readdir(folder)) {
    if (name !== RECORD && !needed.has(name.replace(/\.txt$/, ""))) await rm(join(folder, name), { force: true });
  }
}

/** A store in the server's folder, which is made and locked at first use; the caller closes the folder. */
export function openFileStore(root: SharedFolder): GistStore {
  const queue = createQueue();
  const folderOf = async (id: string): Promise<string> => {
    // Routes ask for ids of ours only; a path is never made of anything else.
    if (!isGistId(id)) throw new Error("not a gist's id");
    return join((await root.get()).path, "gists", id);
  };
  const read = async (id: string): Promise<GistRecord | null> => {
    const text = await readText(join(await folderOf(id), RECORD));
    return text === null ? null : parseRecord(text);
  };
  const text = async (id: string, hash: string): Promise<string> => {
    const found = await readText(join(await folderOf(id), `${hash}.txt`));
    if (found === null) throw new Error("a text of a gist is missing");
    return found;
  };
  return {
    read,
    text,
    add: async (record, texts) => {
      const folder = await folderOf(record.id);
      try {
        await write(folder, record, texts);
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    },
    change: (id, decide) =>
      queue(id, async () => {
        const record = await read(id);
        if (!record) return "missing";
        const decision = await decide(record, (hash) => text(id, hash));
        const folder = await folderOf(id);
        if (decision.kind === "write") {
          await write(folder, decision.record, decision.texts);
          await sweep(folder, decision.record);
        } else if (decision.kind === "remove") {
          await removeFile(join(folder, RECORD));
          await rm(folder, { recursive: true, force: true });
        }
        return decision.kind;
      }),
    health: async () => {
      try {
        await root.get();
        return { up: true, connections: null };
      } catch {
        return { up: false, connections: null };
      }
    },
    close: () => Promise.resolve(),
  };
}
