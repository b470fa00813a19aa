/** The command line's entry: `drawbridge convert | check | diff | serve | backup | restore`. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArgs } from "./args.ts";
import { HELP } from "./help.ts";
import { standard } from "./streams.ts";

function version(): string {
  const file = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "package.json");
  const { version: number } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
  return number;
}

/** Each command's code is loaded when it is wanted: `check` needs no web server, `serve` no engine. */
async function run(args: readonly string[]): Promise<number> {
  const command = readArgs(args);
  switch (command.command) {
    case "help":
      await standard.print(HELP);
      return 0;
    case "version":
      await standard.print(`${version()}\n`);
      return 0;
    case "wrong":
      standard.tell([command.why, "drawbridge --help tells how it is used."]);
      return 2;
    case "convert":
      return (await import("./convert.ts")).convert(command, standard);
    case "check":
      return (await import("./check.ts")).check(command, standard);
    case "diff":
      return (await import("./diff.ts")).diff(command, standard);
    case "serve":
    case "backup":
    case "restore":
      await import("../main.ts");
      return Number(process.exitCode ?? 0);
  }
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2));
