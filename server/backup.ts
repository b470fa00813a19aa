/** The commands `backup` and `restore`: what they say and how they end. */
import type { Config } from "./config.ts";
import { backUp, restore } from "./relay/index.ts";
import { scrub } from "./ops/log.ts";

/** Runs one of them on a file; resolves with the exit code. */
export async function runBackup(
  command: "backup" | "restore",
  file: string,
  config: Config,
  print: (line: string) => void,
): Promise<number> {
  if (file === "") {
    print(`Say which file: drawbridge ${command} rooms.backup`);
    return 2;
  }
  const place = config.databaseUrl === null ? config.dataDir : "the database";
  try {
    const { rooms, documents, versions } = await (command === "backup" ? backUp : restore)(config, file);
    const what = `${String(rooms)} rooms, ${String(documents)} documents and ${String(versions)} versions`;
    print(command === "backup" ? `Backed up ${what} of ${place} to ${file}` : `Restored ${what} from ${file} to ${place}`);
    return 0;
  } catch (error) {
    print(`The ${command} failed: ${scrub(error instanceof Error ? error.message : String(error))}.`);
    return 1;
  }
}
