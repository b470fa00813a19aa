/**
 * The bytes of a journal's segment: eight of a mark, then records. A record is the length of its body, the CRC-32C of its body (both
 * 32 bits, little endian), and the body: the length of the document's name (one byte), the name, the update.
 */
import { crc32c } from "./crc32c.ts";

/** What a segment begins with. */
export const SEGMENT_MARK = Buffer.from("DBROOMS1", "latin1");

const HEAD = 8;

/** The largest body there can be; a length beyond it is damage. */
const LARGEST = 256 * 1024 * 1024;

/** A record of a segment. */
export interface JournalRecord {
  readonly name: string;
  readonly update: Uint8Array;
}

/** What could be read of a segment. */
export interface ReadSegment {
  readonly records: readonly JournalRecord[];
  /** Records in the middle whose checksum is wrong: bytes of the disk went bad, for a crash only tears the end. */
  readonly damaged: number;
  /** True when the last record is not whole: the server ended while it wrote. */
  readonly torn: boolean;
}

/** The bytes of a record. */
export function writeRecord({ name, update }: JournalRecord): Buffer {
  const body = Buffer.allocUnsafe(HEAD + 1 + name.length + update.length);
  body.writeUInt8(name.length, HEAD);
  body.write(name, HEAD + 1, "latin1");
  body.set(update, HEAD + 1 + name.length);
  body.writeUInt32LE(body.length - HEAD, 0);
  body.writeUInt32LE(crc32c(body.subarray(HEAD)), 4);
  return body;
}

/** The record at an offset: its end and, where the checksum holds, what it says. Null where no record can be. */
function recordAt(bytes: Buffer, offset: number): { readonly end: number; readonly record: JournalRecord | null } | null {
  if (offset + HEAD > bytes.length) return null;
  const length = bytes.readUInt32LE(offset);
  const end = offset + HEAD + length;
  if (length < 1 || length > LARGEST || end > bytes.length) return null;
  const body = bytes.subarray(offset + HEAD, end);
  const nameEnd = 1 + body.readUInt8(0);
  if (nameEnd > length || crc32c(body) !== bytes.readUInt32LE(offset + 4)) return { end, record: null };
  return { end, record: { name: body.toString("latin1", 1, nameEnd), update: body.subarray(nameEnd) } };
}

/** Reads all records up to the torn end. One in the middle that is damaged is left out when what follows it is whole. */
export function readSegment(bytes: Buffer): ReadSegment {
  const records: JournalRecord[] = [];
  let damaged = 0;
  if (!bytes.subarray(0, SEGMENT_MARK.length).equals(SEGMENT_MARK)) return { records, damaged, torn: bytes.length > 0 };
  let offset = SEGMENT_MARK.length;
  for (;;) {
    const found = recordAt(bytes, offset);
    if (!found) return { records, damaged, torn: offset < bytes.length };
    if (found.record) records.push(found.record);
    else if (recordAt(bytes, found.end)?.record) damaged += 1;
    else return { records, damaged, torn: true };
    offset = found.end;
  }
}
