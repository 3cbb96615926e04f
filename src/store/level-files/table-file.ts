import { ByteReader } from './byte-reader.ts';
import { maskedCrc32c } from './crc32c.ts';
import { unsnappy } from './snappy.ts';

const footerSize = 48;
const trailerSize = 5;
const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb] as const;
const snappyType = 1;
/** An index is a small part of a table of some MiB; more is damage that asks for memory. */
const longestIndex = 64 * 2 ** 20;

/** The name of the file of table number `number`. */
export const tableName = (number: number): string => `${number.toString().padStart(6, '0')}.ldb`;

interface Handle {
  readonly offset: number;
  readonly size: number;
}

/**
 * Compares every block of a table with its checksum. LevelDB does not when it reads one, and takes what a flipped
 * bit makes of it. Throws `RangeError` that says where and what.
 */
export function verifyTable(bytes: Uint8Array): void {
  const footer = bytes.subarray(Math.max(0, bytes.length - footerSize));
  const end = footer.subarray(-magic.length);
  if (footer.length < footerSize || magic.some((byte, at) => byte !== end[at])) {
    throw new RangeError('its end is not that of a table');
  }
  const reader = new ByteReader(footer);
  const metaindex = handleOf(reader);
  const index = handleOf(reader);
  // Between the handles and the mark there is nothing.
  if (footer.subarray(reader.at, -magic.length).some((byte) => byte !== 0)) {
    throw new RangeError('its end is not that of a table');
  }
  verifyBlock(bytes, metaindex);
  for (const block of blocksOf(verifyBlock(bytes, index))) verifyBlock(bytes, block);
}

/** The content of a block, as it is stored, with its type. */
function verifyBlock(bytes: Uint8Array, { offset, size }: Handle): Uint8Array {
  const end = offset + size;
  if (end + trailerSize > bytes.length) throw new RangeError(`a block at byte ${offset} leaves the file`);
  const stored = new ByteReader(bytes, end + 1).fixed(4);
  if (maskedCrc32c(bytes, offset, end + 1) !== stored) {
    throw new RangeError(`the block at byte ${offset} does not match its checksum`);
  }
  return bytes.subarray(offset, end + 1);
}

/** The blocks that an index names: entries of shared, unshared and value length, then key and value. */
function blocksOf(stored: Uint8Array): readonly Handle[] {
  const content = stored.subarray(0, -1);
  const index = stored.at(-1) === snappyType ? unsnappy(content, longestIndex) : content;
  const restarts = new ByteReader(index, index.length - 4).fixed(4);
  const entries = index.subarray(0, index.length - 4 * (restarts + 1));
  const handles: Handle[] = [];
  const reader = new ByteReader(entries);
  while (!reader.isDone) {
    reader.varint();
    const keyLength = reader.varint();
    const valueLength = reader.varint();
    reader.take(keyLength);
    handles.push(handleOf(new ByteReader(reader.take(valueLength))));
  }
  return handles;
}

function handleOf(reader: ByteReader): Handle {
  return { offset: reader.varint(), size: reader.varint() };
}
