/** CRC-32C (Castagnoli, RFC 3720 appendix B.4): the checksum of records and snapshots. Eight tables take eight bytes a step. */
const POLYNOMIAL = 0x82f63b78;

function makeTables(): readonly Int32Array[] {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256));
  const at = (table: number, index: number): number => tables[table]?.[index] ?? 0;
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[0]?.fill(value, index, index + 1);
  }
  for (let table = 1; table < 8; table += 1) {
    for (let index = 0; index < 256; index += 1) {
      const before = at(table - 1, index);
      tables[table]?.fill((before >>> 8) ^ at(0, before & 0xff), index, index + 1);
    }
  }
  return tables;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = makeTables() as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Every index is a byte and every table has 256 entries. */
const pick = (table: Int32Array, index: number): number => table[index & 0xff] as number;

/** The checksum of bytes, from 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  let at = 0;
  const byte = (index: number): number => bytes[index] as number;
  for (const end = bytes.length - 7; at < end; at += 8) {
    crc ^= byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    crc =
      pick(T7, crc) ^
      pick(T6, crc >>> 8) ^
      pick(T5, crc >>> 16) ^
      pick(T4, crc >>> 24) ^
      pick(T3, byte(at + 4)) ^
      pick(T2, byte(at + 5)) ^
      pick(T1, byte(at + 6)) ^
      pick(T0, byte(at + 7));
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ pick(T0, crc ^ byte(at));
  return ~crc >>> 0;
}
