import { readSync } from 'node:fs';
import { reasonOf } from '../../util/reason-of.ts';

/** A log file could not be opened or read: the trouble of one file, not of what is downstream. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** Bytes of a log that are not just those of a file. */
export interface LogBytes {
  /** Fills `target` with what begins at `position`, as far as it is there; returns the number of bytes. */
  read(target: Uint8Array, position: number): number;
}

/** What a log is read from: a descriptor, or whatever else knows its bytes. */
export type LogSource = number | LogBytes;

/** Reads into `target` from `position` until it is full or the log ends; returns the number of bytes. */
export function readAt(source: LogSource, target: Uint8Array, position: number): number {
  if (typeof source !== 'number') return source.read(target, position);
  let filled = 0;
  while (filled < target.length) {
    const count = readOnce(source, target, filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function readOnce(fd: number, target: Uint8Array, from: number, position: number): number {
  try {
    return readSync(fd, target, from, target.length - from, position);
  } catch (error) {
    throw new SourceError(reasonOf(error), { cause: error });
  }
}
