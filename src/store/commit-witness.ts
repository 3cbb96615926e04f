import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { reasonOf } from '../util/reason-of.ts';
import { StoreError } from './store.ts';

const fileName = 'COMMITTED';

/**
 * The number of the last commit that somebody was told of, in a file beside the store's. LevelDB takes a damaged end
 * of its log for what a crash has torn and goes on from an earlier commit; the witness tells one from the other.
 *
 * It is written after every commit and not synced: a killed process leaves it exact, a power cut may leave it behind,
 * never ahead. A file that is damaged itself says nothing.
 */
export class CommitWitness {
  readonly #file: number;

  constructor(directory: string) {
    // Neither truncated nor only for appending: it is written over, which needs no space on a full disk.
    this.#file = openSync(join(directory, fileName), openForWriting(directory), 0o600);
  }

  /** The last commit that the witness of `directory` knows of; 0 if it knows of none. */
  static read(directory: string): number {
    try {
      return numberOf(readFileSync(join(directory, fileName), 'latin1'));
    } catch {
      return 0;
    }
  }

  /** Throws `StoreError` if it cannot be written. */
  note(commit: number): void {
    try {
      writeSync(this.#file, textOf(commit), 0, 'latin1');
    } catch (error) {
      throw new StoreError('unusable', `could not note a commit in ${fileName}: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

function openForWriting(directory: string): 'r+' | 'w' {
  try {
    closeSync(openSync(join(directory, fileName), 'r'));
    return 'r+';
  } catch {
    return 'w';
  }
}

/** Sixteen digits, eight of their checksum and a newline: of one length, so that it can be written over. */
function textOf(commit: number): string {
  const digits = commit.toString().padStart(16, '0');
  return `${digits} ${checksum(digits)}\n`;
}

function numberOf(text: string): number {
  const [, digits = '', sum] = /^(\d{16}) ([0-9a-f]{8})\n$/.exec(text) ?? [];
  return sum === checksum(digits) ? Number(digits) : 0;
}

const checksum = (digits: string): string => crc32(digits).toString(16).padStart(8, '0');
