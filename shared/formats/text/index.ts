/** What kind of text some bytes are: files come as UTF-8, as UTF-16 from Windows tools, or in an older encoding. */

/** The names are those of the Encoding standard, as TextDecoder takes them. `binary`: no text at all. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "binary";

/** Looking at this much is enough. */
const HEAD_BYTES = 64 * 1024;
/** Control characters that texts do not hold: all but tab, line feed, form feed, carriage return and escape. */
const isControl = (byte: number): boolean => byte < 32 && ![9, 10, 12, 13, 27].includes(byte);

function share(bytes: Uint8Array, is: (byte: number, at: number) => boolean): number {
  let count = 0;
  bytes.forEach((byte, at) => {
    if (is(byte, at)) count += 1;
  });
  return bytes.length === 0 ? 0 : count / bytes.length;
}

/** How many bytes follow the first one of a UTF-8 character; -1 where none may begin so. */
function following(first: number): number {
  if (first < 0x80) return 0;
  if (first >= 0xc2 && first <= 0xdf) return 1;
  if (first >= 0xe0 && first <= 0xef) return 2;
  return first >= 0xf0 && first <= 0xf4 ? 3 : -1;
}

/** A character that the end of the bytes cuts is no fault. */
function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const more = following(bytes[at] ?? 0);
    if (more < 0) return false;
    for (let next = at + 1; next <= at + more && next < bytes.length; next += 1) {
      if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return false;
    }
    at += more + 1;
  }
  return true;
}

export function encodingOf(bytes: Uint8Array): Encoding {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const head = bytes.subarray(0, HEAD_BYTES);
  // Latin text in UTF-16 without a mark: every second byte is 0.
  if (share(head, (byte, at) => byte === 0 && at % 2 === 1) > 0.4) return "utf-16le";
  if (share(head, (byte, at) => byte === 0 && at % 2 === 0) > 0.4) return "utf-16be";
  if (share(head, isControl) > 0.01 || head.includes(0)) return "binary";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}
