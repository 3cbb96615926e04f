import { inflateRawSync, constants } from 'node:zlib';
import { reasonOf } from '../../../util/reason-of.ts';
import { readAt, SourceError } from '../read-at.ts';
import { gzipHeaderLength } from './gzip-header.ts';

/** Unpacks to 4 MiB at most. */
const packedBytes = 4_096;
const headBytes = 1_024;

/**
 * The first bytes of what an open archive holds, 1,024 of them if the beginning of the archive gives as many; none if
 * it is not there yet. Throws `SourceError` if it is no archive.
 */
export function firstBytes(fd: number, path: string): Buffer {
  const packed = Buffer.alloc(packedBytes);
  const bytes = packed.subarray(0, readAt(fd, packed, 0));
  const header = gzipHeaderLength(bytes);
  if (header === 'short') return Buffer.alloc(0);
  if (header === 'foreign') throw noArchive(path, 'is not in gzip format, as its name says');
  try {
    // What is cut off in the middle gives what it can.
    const finishFlush = constants.Z_SYNC_FLUSH;
    return inflateRawSync(bytes.subarray(header), { finishFlush }).subarray(0, headBytes);
  } catch (error) {
    throw noArchive(path, `cannot be unpacked: ${reasonOf(error)}`);
  }
}

const noArchive = (path: string, what: string): SourceError =>
  new SourceError(`${path} ${what}; it is left alone`);
