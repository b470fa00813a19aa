/**
 * This part is in charge of gists: text under an id that cannot be guessed, with versions, as DrawDB's two servers offer them.
 * Answers are JSON and nothing else; no address gives a gist's text as a page, a script or a download.
 */
import { randomUUID } from "node:crypto";
import type { NewGist } from "#shared/api/gists.ts";
import type { Config } from "../config.ts";
import type { App } from "../ops/instance.ts";
import type { SharedFolder } from "../store/folder.ts";
import { openFileStore } from "./files.ts";
import { createGists } from "./gists.ts";
import { importContract } from "./import-contract.ts";
import { openPostgresStore } from "./postgres.ts";
import { routesOf } from "./routes.ts";
import { shareContract } from "./share-contract.ts";
import type { GistStore } from "./store.ts";

export type { GistStore } from "./store.ts";

/** The store of a configuration: PostgreSQL where there is a DATABASE_URL, else files. `lost` hears of broken connections. */
export function openGistStore(config: Config, folder: SharedFolder, lost: (error: Error) => void): GistStore {
  return config.databaseUrl === null ? openFileStore(folder) : openPostgresStore(config.databaseUrl, lost);
}

/** Keeps a gist for another feature, without a secret; gives its id. */
export async function saveGist(store: GistStore, asked: NewGist, now: () => Date): Promise<string> {
  const id = randomUUID();
  await createGists(store, now).create(id, asked);
  return id;
}

/** Registers `/api/gists` and `/gists`. */
export async function gistRoutes(app: App, config: Config, store: GistStore, now: () => Date): Promise<void> {
  const given = { gists: createGists(store, now), mostBytes: config.gistBytes };
  for (const contract of [importContract, shareContract]) {
    await app.register(routesOf(contract, given), { prefix: contract.prefix });
  }
}
