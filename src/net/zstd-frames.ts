/** What unpacking costs, as the frames of a zstd stream announce it (RFC 8878 §3.1). */
export interface ZstdCost {
  /** Blocks of all frames, and the frames themselves. */
  readonly steps: number;
  /** The largest window that a frame wants to be kept, in bytes. */
  readonly window: number;
}

const magic = 0xfd2fb528;
const skippable = 0x184d2a50;

/** Walks over the frames and blocks without unpacking them. Throws an error if they are broken or end early. */
export function zstdCost(bytes: Buffer): ZstdCost {
  try {
    return walk(bytes);
  } catch (cause) {
    // Reading behind the end throws a RangeError, which would say that the output is too large.
    throw new Error('the frames are broken, or end early', { cause });
  }
}

function walk(bytes: Buffer): ZstdCost {
  let [at, steps, window] = [0, 0, 0];
  while (at < bytes.length) {
    steps++;
    if ((bytes.readUInt32LE(at) & ~15) >>> 0 === skippable) {
      at += 8 + bytes.readUInt32LE(at + 4);
      continue;
    }
    const head = frameHead(bytes, at);
    window = Math.max(window, head.window);
    at = head.end;
    for (let isLast = false; !isLast; steps++) {
      const block = bytes.readUIntLE(at, 3);
      isLast = (block & 1) === 1;
      const isRun = ((block >> 1) & 3) === 1;
      at += 3 + (isRun ? 1 : block >> 3);
    }
    if (head.hasChecksum) at += 4;
  }
  if (at > bytes.length) throw new Error('the last frame ends early');
  return { steps, window };
}

/** The header of the frame at `at` (RFC 8878 §3.1.1.1). */
function frameHead(bytes: Buffer, at: number): { window: number; end: number; hasChecksum: boolean } {
  if (bytes.readUInt32LE(at) !== magic) throw new Error('there is no frame');
  const flags = bytes.readUInt8(at + 4);
  const isSingle = (flags & 0x20) !== 0;
  const sizeBytes = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeAt = at + 5 + Number(!isSingle) + dictionaryBytes;
  const end = sizeAt + sizeBytes;
  const window = isSingle ? contentSize(bytes, sizeAt, sizeBytes) : windowSize(bytes.readUInt8(at + 5));
  return { window, end, hasChecksum: (flags & 4) !== 0 };
}

function contentSize(bytes: Buffer, at: number, length: number): number {
  if (length === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, length) + (length === 2 ? 256 : 0);
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
