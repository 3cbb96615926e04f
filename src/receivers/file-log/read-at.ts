import { readSync } from 'node:fs';

/** A log file could not be opened or read: the trouble of one file, not of what is downstream. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** Reads into `target` from `position` until it is full or the file ends; returns the number of bytes. */
export function readAt(fd: number, target: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < target.length) {
    const count = readOnce(fd, target, filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function readOnce(fd: number, target: Uint8Array, from: number, position: number): number {
  try {
    return readSync(fd, target, from, target.length - from, position);
  } catch (error) {
    throw new SourceError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
