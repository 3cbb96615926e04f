import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { unpackZstd } from './unpack-zstd.ts';

const unpackers = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  zstd: unpackZstd,
  identity: async (bytes: Uint8Array): Promise<Uint8Array> => bytes,
};

/** How a body may be packed. `deflate` is the format of zlib (RFC 9110 §8.4.1.2). */
export type Compression = keyof typeof unpackers;

/** All of them, as a sender may be told. */
export const compressions = Object.keys(unpackers);

/** The compression of a `Content-Encoding` or `grpc-encoding`; none is `identity`. Undefined if it is another. */
export function compressionOf(name: string | undefined): Compression | undefined {
  const wanted = name?.trim().toLowerCase() || 'identity';
  // The Collector calls the same format by its own name, too.
  if (wanted === 'zlib') return 'deflate';
  return isCompression(wanted) ? wanted : undefined;
}

/** `bytes` unpacked. Rejects with a `RangeError` if that is more than `limit` bytes, otherwise if they are broken. */
export async function unpack(bytes: Buffer, compression: Compression, limit: number): Promise<Buffer> {
  const unpacked = await unpackers[compression](bytes, { maxOutputLength: limit });
  return Buffer.from(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
}

function isCompression(name: string): name is Compression {
  return compressions.includes(name);
}
