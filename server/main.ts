/** The server's entry: the only file that reads the environment. */
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
    holdSmall();
    const { serve } = await import("./serve.ts");
    process.exitCode = await serve(config, (line) => {
      process.stdout.write(`${line}\n`);
    });
  }
}
