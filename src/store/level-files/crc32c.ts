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

/** Eight bytes at a time, by eight tables. */
function crc32c(bytes: Uint8Array, start: number, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = ~0;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      entry(1792 + (low & 255)) ^
      entry(1536 + ((low >>> 8) & 255)) ^
      entry(1280 + ((low >>> 16) & 255)) ^
      entry(1024 + (low >>> 24)) ^
      entry(768 + (high & 255)) ^
      entry(512 + ((high >>> 8) & 255)) ^
      entry(256 + ((high >>> 16) & 255)) ^
      entry(high >>> 24);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ entry((crc ^ view.getUint8(at)) & 255);
  return ~crc;
}

const entry = (index: number): number => tables[index] ?? 0;

/** Eight tables of 256, one behind the other; the n-th is for a byte that n bytes follow. */
const tables = makeTables();

function makeTables(): Int32Array {
  const made = new Int32Array(2048);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    made[value] = crc;
  }
  for (let index = 256; index < 2048; index++) {
    const before = made[index - 256] ?? 0;
    made[index] = (before >>> 8) ^ (made[before & 255] ?? 0);
  }
  return made;
}
