/** A document's state as a file: eight bytes of a mark, the CRC-32C of what follows (little endian), then one Yjs update. */
import { readBytes, writeWhole } from "../../store/folder.ts";
import { crc32c } from "./crc32c.ts";

const MARK = Buffer.from("DBSTATE1", "latin1");
const HEAD = MARK.length + 4;

/** The state in a file, or null where there is none; rejects when it is damaged, so that nothing is ever built upon half of it. */
export async function readState(path: string): Promise<Uint8Array | null> {
  const bytes = await readBytes(path);
  if (!bytes) return null;
  const state = bytes.subarray(HEAD);
  if (!bytes.subarray(0, MARK.length).equals(MARK) || bytes.length < HEAD || crc32c(state) !== bytes.readUInt32LE(MARK.length)) {
    throw new Error("a room's state on the disk is damaged");
  }
  return state;
}

/** Writes a state whole or not at all, on the disk when it resolves. */
export async function writeState(path: string, state: Uint8Array): Promise<void> {
  const head = Buffer.alloc(HEAD);
  MARK.copy(head);
  head.writeUInt32LE(crc32c(state), MARK.length);
  await writeWhole(path, Buffer.concat([head, state]));
}
