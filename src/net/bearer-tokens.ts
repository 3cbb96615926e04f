import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { serial } from '../util/serial.ts';
import { fileStamp } from './file-stamp.ts';

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The tokens that senders may show, from a file with one on each line: while one is replaced, both count. The file is
 * read again when it has changed. Compared as hashes, in constant time (spec/reliability.md H19).
 */
export class BearerTokens {
  readonly #path: string;
  // Who asks while a new file is being read waits for it: its tokens count already.
  readonly #oneByOne = serial();
  #stamp = '';
  #hashes: readonly Buffer[] = [];

  /** A relative path starts at `directory`. */
  constructor(path: string, directory: string) {
    this.#path = resolve(directory, path);
  }

  /**
   * Reads the file again if it has changed; true if there are new tokens then. Throws an error if it cannot be read or
   * holds no token, once for each change, and keeps the old ones.
   */
  refresh(): Promise<boolean> {
    return this.#oneByOne(() => this.#refresh());
  }

  /** True if an `Authorization` header shows one of the tokens (RFC 6750 §2.1). */
  admits(authorization: string | undefined): boolean {
    const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return false;
    const shown = hashOf(token);
    return this.#hashes.filter((hash) => timingSafeEqual(hash, shown)).length > 0;
  }

  async #refresh(): Promise<boolean> {
    const stamp = await fileStamp(this.#path);
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    const lines = (await readFile(this.#path, 'utf8')).split('\n').map((line) => line.trim());
    const tokens = lines.filter((line) => line !== '');
    if (tokens.length === 0) throw new Error(`"${this.#path}" holds no token; write one on each line`);
    this.#hashes = tokens.map(hashOf);
    return true;
  }
}
