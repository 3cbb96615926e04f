import { maskedCrc32c } from './crc32c.ts';

const blockSize = 32_768;
const headerSize = 7;
const full = 1;
const first = 2;
const last = 4;

/** What a log of LevelDB holds: its write-ahead log, or a MANIFEST. */
export interface LogRecords {
  /** The records before the first damage, whole. */
  readonly records: readonly Uint8Array[];
  /** Where what cannot be read begins; undefined if all can be. */
  readonly damagedAt: number | undefined;
  /**
   * What cannot be read is the end of the file, and no further record begins behind it: all that a crash leaves
   * of the one record that was being written.
   */
  readonly isTorn: boolean;
}

/**
 * Reads a log: blocks of 32 KiB, in them fragments of masked CRC-32C, length, type and data; a record is one
 * fragment, or a first, middle ones and a last. Where LevelDB would pass over damage, this stops.
 */
export function readLog(bytes: Uint8Array): LogRecords {
  const records: Uint8Array[] = [];
  let open: { readonly at: number; readonly parts: Uint8Array[] } | undefined;
  let at = 0;
  for (;;) {
    at = skipTrailer(at);
    if (at >= bytes.length) break;
    const fragment = fragmentAt(bytes, at);
    const begins = fragment?.type === full || fragment?.type === first;
    if (fragment === undefined || begins === (open !== undefined))
      return damaged(bytes, records, open?.at ?? at, at);
    open ??= { at, parts: [] };
    open.parts.push(fragment.data);
    at = fragment.end;
    if (fragment.type !== full && fragment.type !== last) continue;
    records.push(join(open.parts));
    open = undefined;
  }
  return { records, damagedAt: open?.at, isTorn: open !== undefined };
}

interface Fragment {
  readonly type: number;
  readonly data: Uint8Array;
  readonly end: number;
}

/** A block's last bytes stay empty if no header fits into them. */
function skipTrailer(at: number): number {
  const left = blockSize - (at % blockSize);
  return left < headerSize ? at + left : at;
}

function fragmentAt(bytes: Uint8Array, at: number): Fragment | undefined {
  if (at + headerSize > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerSize);
  const end = at + headerSize + view.getUint16(4, true);
  const type = view.getUint8(6);
  const blockEnd = at - (at % blockSize) + blockSize;
  if (end > Math.min(blockEnd, bytes.length) || type < full || type > last) return undefined;
  if (maskedCrc32c(bytes, at + headerSize - 1, end) !== view.getUint32(0, true)) return undefined;
  return { type, data: bytes.subarray(at + headerSize, end), end };
}

function damaged(bytes: Uint8Array, records: readonly Uint8Array[], from: number, at: number): LogRecords {
  return { records, damagedAt: from, isTorn: !recordBeginsBehind(bytes, at) };
}

/**
 * True if a whole fragment that begins a record lies anywhere behind `at`: its checksum says so, wherever a damaged
 * length would have one look for it.
 */
function recordBeginsBehind(bytes: Uint8Array, at: number): boolean {
  for (let next = at + 1; next + headerSize <= bytes.length; next++) {
    const type = bytes[next + 6];
    if (type !== full && type !== first) continue;
    const fragment = fragmentAt(bytes, next);
    if (fragment !== undefined && fragment.data.length > 0) return true;
  }
  return false;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
