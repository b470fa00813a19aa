/**
 * The bytes of a file as text, or one sentence on why they are none.
 *
 * Follows the Encoding Standard: a byte order mark decides, then the pattern of zero bytes that UTF-16 leaves, then UTF-8 if it is
 * valid, and Windows-1252 (what people call Latin-1) as the last resort.
 */
import { problem, type Problem, type Report } from "../../result/index.ts";

/** Both the browser and Node have it; the language's own library does not declare it. */
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => {
  decode(bytes: Uint8Array, options: { readonly stream: boolean }): string;
};

/** How files that are no text begin; the bytes stand `at` an offset. The first that fits decides. */
const SIGNATURES: readonly (readonly [at: number, bytes: string, why: string])[] = [
  [0, "PGDMP", "it is a dump in the custom format of pg_dump. Turn it into SQL first: pg_restore -f schema.sql"],
  [257, "ustar", "it is a tar archive. Unpack it; a dump in tar format becomes SQL by pg_restore -f schema.sql"],
  [0, "SQLite format 3\0", "it is a database file of SQLite. Open it as one"],
  [0, "\x1f\x8b", "it is compressed by gzip. Decompress it first"],
  [0, "PK\x03\x04", "it is a zip archive. Unpack it first"],
  [0, "BZh", "it is compressed by bzip2. Decompress it first"],
  [0, "\xfd7zXZ\0", "it is compressed by xz. Decompress it first"],
  [0, "\x28\xb5\x2f\xfd", "it is compressed by zstd. Decompress it first"],
  [0, "\x89PNG", "it is a picture"],
  [0, "\xff\xd8\xff", "it is a picture"],
  [0, "GIF8", "it is a picture"],
  [8, "WEBP", "it is a picture"],
  [4, "ftyp", "it is a picture or a film"],
  [0, "%PDF-", "it is a PDF document"],
];

const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ["\xef\xbb\xbf", "utf-8"],
  ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"],
];

/** As much of the file as is looked at to guess. */
const HEAD_BYTES = 4096;
/** A text of western scripts in UTF-16 has a zero in nearly every other byte. */
const UTF16_ZEROS = 0.4;
/** More control characters than this, and it is no text. */
const CONTROLS = 0.02;

const holds = (bytes: Uint8Array, at: number, sign: string): boolean =>
  bytes.length >= at + sign.length && Array.from(sign).every((c, i) => bytes[at + i] === c.charCodeAt(0));

function guessUtf16(head: Uint8Array): string | null {
  let even = 0;
  let odd = 0;
  head.forEach((byte, at) => {
    if (byte !== 0) return;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  });
  const half = head.length / 2;
  if (odd > half * UTF16_ZEROS && even < odd / 8) return "utf-16le";
  return even > half * UTF16_ZEROS && odd < even / 8 ? "utf-16be" : null;
}

const isControl = (byte: number): boolean => byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27;

function looksBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const head = bytes.subarray(0, HEAD_BYTES);
  return head.filter(isControl).length > head.length * CONTROLS;
}

/** A character that the end of the file cuts is no fault of the encoding. */
const STREAM = { stream: true };

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, STREAM);
  } catch {
    // The decoder knows no other way to say that the bytes are not of its encoding.
    return null;
  }
}

const readAs = (encoding: string): Problem => problem("input.encoding", "note", { encoding });

/** The text without its byte order mark; null when there is none. An encoding other than UTF-8 is remarked on. */
export function decode(bytes: Uint8Array, name: string): Report<string | null> {
  if (bytes.length === 0) return { value: null, problems: [problem("input.empty", "error")] };
  const unreadable = (why: string): Report<null> => ({
    value: null,
    problems: [problem("input.unrecognised", "error", { name, why: `${why}.` })],
  });
  const known = SIGNATURES.find(([at, sign]) => holds(bytes, at, sign));
  if (known) return unreadable(known[2]);
  const head = bytes.subarray(0, HEAD_BYTES);
  const encoding = MARKS.find(([mark]) => holds(bytes, 0, mark))?.[1] ?? guessUtf16(head) ?? "utf-8";
  if (encoding === "utf-8" && looksBinary(bytes)) return unreadable("it holds bytes that are no text");
  const text = tryDecode(bytes, encoding);
  if (text !== null) return { value: text, problems: encoding === "utf-8" ? [] : [readAs(encoding.toUpperCase())] };
  if (encoding !== "utf-8") return unreadable(`it begins like ${encoding.toUpperCase()} and goes on otherwise`);
  const latin = tryDecode(bytes, "windows-1252");
  return latin === null ? unreadable("it holds bytes that are no text") : { value: latin, problems: [readAs("Windows-1252")] };
}
