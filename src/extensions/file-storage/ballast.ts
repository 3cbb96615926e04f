import { rmSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';

const piece = Buffer.alloc(2 ** 20, 'riskpipe ballast ');

/**
 * A file that only takes up space, to be given up when the disk is full: taking delivered records out of a store
 * needs space, too (spec/reliability.md §0.2, W24).
 */
export class Ballast {
  readonly #path: string;
  readonly #bytes: number;

  /** `bytes`: how much space it takes; 0 for none at all. */
  constructor(path: string, bytes: number) {
    this.#path = path;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isThere(): boolean {
    if (this.#bytes === 0) return true;
    return statSync(this.#path, { throwIfNoEntry: false })?.size === this.#bytes;
  }

  /** Gives its space up. */
  release(): void {
    rmSync(this.#path, { force: true });
  }

  /** Takes the space again, really: a file with holes would have none. Throws, and takes none, if that cannot be. */
  async fill(): Promise<void> {
    if (this.isThere) return;
    const file = await open(this.#path, 'w', 0o600);
    try {
      for (let left = this.#bytes; left > 0; left -= piece.length) await file.write(piece.subarray(0, left));
      // Where a disk gives out space late, this is when it turns out that there is none.
      await file.datasync();
    } catch (error) {
      await rm(this.#path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }
}
