/** The server's entry, and that of `backup` and `restore`: the only file that reads the environment. */
import { readFileSync } from "node:fs";
import { configHelp, readConfig } from "./config.ts";
import { holdSmall } from "./small-start.ts";

if (process.argv.includes("--help")) {
  process.stdout.write(configHelp());
} else {
  const { config, wrong } = readConfig(process.env, (path) => readFileSync(path, "utf8"));
  if (config === null) {
    for (const sentence of wrong) process.stderr.write(`${sentence}\n`);
    process.exitCode = 2;
  } else {
    const [, , command, file] = process.argv;
    holdSmall();
    const print = (line: string): void => {
      process.stdout.write(`${line}\n`);
    };
    if (command === "backup" || command === "restore") {
      const { runBackup } = await import("./backup.ts");
      process.exitCode = await runBackup(command, file ?? "", config, print);
    } else {
      const { serve } = await import("./serve.ts");
      process.exitCode = await serve(config, print);
    }
  }
}
