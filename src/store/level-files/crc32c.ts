/** The CRC-32C polynomial, bits reversed. */
const polynomial = 0x82f63b78;
const maskDelta = 0xa282ead8;

/**
 * The checksum of LevelDB's files: CRC-32C of `bytes` from `start` to `end`, masked (turned right by 15 bits, plus a
 * constant) so that a checksum of data that holds checksums is none of those. As an unsigned number.
 */
export function maskedCrc32c(bytes: Uint8Array, start: number, end: number): number {
  const crc = crc32c(bytes, start, end);
  return (((crc >>> 15) | (crc << 17)) + maskDelta) >>> 0;
}

/** Four bytes at a time, by four tables. */
function crc32c(bytes: Uint8Array, start: number, end: number): number {
  let crc = ~0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    crc ^=
      byte(bytes, at) |
      (byte(bytes, at + 1) << 8) |
      (byte(bytes, at + 2) << 16) |
      (byte(bytes, at + 3) << 24);
    crc =
      entry(768 + (crc & 255)) ^
      entry(512 + ((crc >>> 8) & 255)) ^
      entry(256 + ((crc >>> 16) & 255)) ^
      entry(crc >>> 24);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ entry((crc ^ byte(bytes, at)) & 255);
  return ~crc;
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const entry = (index: number): number => tables[index] ?? 0;

/** Four tables of 256, one behind the other; the n-th is for a byte that n bytes follow. */
const tables = makeTables();

function makeTables(): Int32Array {
  const made = new Int32Array(1024);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    made[value] = crc;
  }
  for (let index = 256; index < 1024; index++) {
    const before = made[index - 256] ?? 0;
    made[index] = (before >>> 8) ^ (made[before & 255] ?? 0);
  }
  return made;
}
