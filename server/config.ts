/**
 * The server's configuration: environment only, every variable in one list. The list reads the environment, names every wrong
 * value at once, and prints `--help`.
 */
export interface Config {
  readonly host: string;
  readonly port: number;
}

interface Variable<K extends keyof Config> {
  readonly name: string;
  readonly key: K;
  readonly fallback: string;
  readonly help: string;
  /** The value, or a sentence that says what is wrong with the text. */
  readonly read: (text: string) => { readonly value: Config[K] } | { readonly wrong: string };
}

const HOST: Variable<"host"> = {
  name: "HOST",
  key: "host",
  fallback: "127.0.0.1",
  help: "address to listen on; 0.0.0.0 lets other machines in",
  read: (text) => (/^[\w.:-]+$/.test(text) ? { value: text } : { wrong: "is not an address or host name" }),
};

const PORT: Variable<"port"> = {
  name: "PORT",
  key: "port",
  fallback: "3001",
  help: "port to listen on; 0 takes any free one",
  read: (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? { value: Number(text) } : { wrong: "is not a number from 0 to 65535" },
};

export const VARIABLES = [HOST, PORT] as const;

/** Reads the environment. `wrong` has one sentence for each variable that cannot be used; then there is no config. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly config: Config; readonly wrong: readonly [] } | { readonly config: null; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const read = <K extends keyof Config>(variable: Variable<K>): Config[K] | null => {
    const text = environment[variable.name] ?? variable.fallback;
    const result = variable.read(text);
    if ("value" in result) return result.value;
    wrong.push(`${variable.name}=${text} ${result.wrong}: ${variable.help} (default ${variable.fallback}).`);
    return null;
  };
  const host = read(HOST);
  const port = read(PORT);
  if (host === null || port === null) return { config: null, wrong };
  return { config: { host, port }, wrong: [] };
}

/** The text of `--help`. */
export function configHelp(): string {
  const rows = VARIABLES.map(({ name, fallback, help }) => `  ${name.padEnd(6)} ${help} (default ${fallback})`);
  return ["Serves the Drawbridge app. Configuration is read from the environment:", ...rows, ""].join("\n");
}
