import { closeSync, openSync } from 'node:fs';
import type { Scanner } from '../../detection/scan/scanner.ts';
import { ReadBuffer, type Chunk } from '../../receivers/file-log/read-buffer.ts';

/** A longer line is passed over piece by piece. */
const longestLine = 16_777_216;
const newline = 10;

/**
 * Lets `scanner` look at the lines of the log at `path`, as `file_log` reads it. Returns how many lines it cannot look
 * at, because they are longer than what is read at once. Throws what the file system says.
 */
export function scanLog(scanner: Scanner, path: string): number {
  const fd = openSync(path, 'r');
  try {
    let long = 0;
    for (const { bytes, memory } of piecesOf(fd, new ReadBuffer(longestLine))) {
      if (memory) scanner.scan({ memory, offset: bytes.byteOffset, length: bytes.length });
      else if (bytes.includes(newline)) long++;
    }
    return long;
  } finally {
    closeSync(fd);
  }
}

/** Whole lines, as many as fit; of one that does not fit, pieces that are in no memory of batches. */
function* piecesOf(fd: number, buffer: ReadBuffer): Generator<Chunk> {
  for (let position = 0; ;) {
    const { bytes, memory } = buffer.read(fd, position, buffer.size);
    if (bytes.length === 0) return;
    const isLast = bytes.length < buffer.size;
    const length = memory ? bytes.lastIndexOf(newline) + 1 : bytes.indexOf(newline) + 1;
    if (length === 0 && !isLast && buffer.grow()) continue;
    const piece = bytes.subarray(0, length === 0 ? bytes.length : length);
    yield { bytes: piece, memory };
    position += piece.length;
    if (length !== 0) buffer.shrink();
  }
}
