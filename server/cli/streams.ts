/** Where the command line speaks. */
export interface Streams {
  /** The result, on standard output. Resolves when it is out. */
  readonly print: (text: string | Uint8Array) => Promise<void>;
  /** Remarks, a line each, on standard error. */
  readonly tell: (lines: readonly string[]) => void;
}

export const standard: Streams = {
  print: (text) =>
    new Promise((resolve) => {
      process.stdout.write(text, () => {
        resolve();
      });
    }),
  tell: (lines) => {
    for (const line of lines) process.stderr.write(`${line}\n`);
  },
};
