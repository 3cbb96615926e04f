import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { zstdCost, type ZstdCost } from './zstd-frames.ts';

interface Limit {
  /** Bytes. */
  readonly maxOutputLength: number;
}

type Unpack = (bytes: Buffer, limit: Limit) => Promise<Uint8Array>;

/** Larger windows are refused, as RFC 8878 §3.1.1.1.2 lets us: senders of requests have no use for them. */
const maxWindow = 8 * 2 ** 20;
const maxBlock = 128 * 1024;

// The types are those of the oldest Node that we run on, which has none.
const byNode = (zlib as { readonly zstdDecompress?: typeof zlib.gunzip }).zstdDecompress;

/**
 * Unpacks zstd, by Node where it can (22.15 and newer). Rejects with a `RangeError` if that gives more than the limit,
 * and with another error if the bytes are broken or want a larger window.
 */
export const unpackZstd: Unpack = async (bytes, limit) => {
  if (byNode === undefined) return unpackByScript(bytes, limit);
  checkWindow(zstdCost(bytes), limit);
  return promisify<Buffer, Limit, Buffer>(byNode)(bytes, limit);
};

/** As `unpackZstd`, without Node's help. */
export const unpackByScript: Unpack = async (bytes, { maxOutputLength }) => {
  const cost = zstdCost(bytes);
  checkWindow(cost, { maxOutputLength });
  // Each block costs a move of the whole window: of more than a sender needs, the blocks are small on purpose.
  if (cost.steps > 64 + 4 * Math.ceil(maxOutputLength / maxBlock)) throw new Error('too many blocks');
  const { Decompress } = await import('fzstd');
  const parts: Uint8Array[] = [];
  let size = 0;
  const decompress = new Decompress((part) => {
    size += part.length;
    if (size > maxOutputLength) throw new RangeError('more than the limit');
    parts.push(part);
  });
  decompress.push(bytes, true);
  return Buffer.concat(parts);
};

/** A window as large as the whole of the output is one that a frame of known size may name. */
function checkWindow({ window }: ZstdCost, { maxOutputLength }: Limit): void {
  if (window > Math.max(maxWindow, maxOutputLength)) throw new Error('too large a window');
}
