import { ByteReader } from './byte-reader.ts';

/**
 * Decompresses a block in the Snappy format, in which LevelDB keeps its indexes (data blocks need no reading here).
 * Throws `RangeError` if it is none, or would be longer than `most` bytes.
 */
export function unsnappy(bytes: Uint8Array, most: number): Uint8Array {
  const reader = new ByteReader(bytes);
  const length = reader.varint();
  if (length > most) throw new RangeError(`it would be ${length} bytes long`);
  const made = new Uint8Array(length);
  let at = 0;
  while (!reader.isDone) {
    const tag = reader.byte();
    const kind = tag & 3;
    if (kind === 0) {
      const literal = reader.take(literalLength(tag >>> 2, reader));
      made.set(literal, at);
      at += literal.length;
    } else {
      at = copy(
        made,
        at,
        distanceOf(kind, tag, reader),
        kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1,
      );
    }
  }
  if (at !== length) throw new RangeError(`it holds ${at} bytes and should hold ${length}`);
  return made;
}

/** Lengths up to 60 stand in the tag; longer ones in the one to four bytes behind it. */
function literalLength(size: number, reader: ByteReader): number {
  return size < 60 ? size + 1 : reader.fixed(size - 59) + 1;
}

function distanceOf(kind: number, tag: number, reader: ByteReader): number {
  if (kind === 1) return (tag >>> 5) * 256 + reader.byte();
  return reader.fixed(kind === 2 ? 2 : 4);
}

/** Repeats what stands `distance` bytes before; it may run into itself. The place behind it. */
function copy(made: Uint8Array, from: number, distance: number, length: number): number {
  const end = from + length;
  if (distance === 0 || distance > from || end > made.length) throw new RangeError('a copy leaves the block');
  for (let at = from; at < end; at++) made[at] = made[at - distance] ?? 0;
  return end;
}
