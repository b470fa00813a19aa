/** Ids: 16 characters of 62, from the browser's own randomness. */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function mint(): string {
  let id = "";
  // Numbers above the last multiple of 62 are drawn again, so that all characters are equally likely.
  while (id.length < 16)
    for (const byte of crypto.getRandomValues(new Uint8Array(24)))
      if (byte < 248 && id.length < 16) id += ALPHABET.charAt(byte % 62);
  return id;
}
