import { readFile, stat } from 'node:fs/promises';
import { errorCode } from '../../util/error-code.ts';
import type { Problem } from '../../util/problem.ts';
import { shortPath } from '../../util/read-files.ts';
import type { Reading } from './reading.ts';

export interface Refreshed {
  /** There is a new value. */
  readonly changed: boolean;
  readonly problems: readonly Problem[];
}

const unchanged: Refreshed = { changed: false, problems: [] };

/** A file, and what was made of it when it was last found changed. */
export class ReloadedFile<Value> {
  /** For messages. */
  readonly path: string;
  readonly #path: string;
  readonly #what: string;
  readonly #maxBytes: number;
  readonly #make: (bytes: Buffer) => Reading<Value>;
  #current: Value | undefined;
  #fingerprint = '';

  /**
   * `path` is absolute, `what` says what is in it, for messages. A larger file than `maxBytes` is not read. `make`
   * says all that is wrong and never throws.
   */
  constructor(path: string, what: string, maxBytes: number, make: (bytes: Buffer) => Reading<Value>) {
    this.path = shortPath(path);
    this.#path = path;
    this.#what = what;
    this.#maxBytes = maxBytes;
    this.#make = make;
  }

  /** Undefined until the file was of use for the first time. */
  get current(): Value | undefined {
    return this.#current;
  }

  /**
   * Reads the file if it is not what it was the last time. A file that cannot be read, or is of no use, leaves the
   * value as it was; it is complained of once, until the file changes again. Never throws.
   */
  async refresh(): Promise<Refreshed> {
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = await stat(this.#path, { bigint: true });
      // Taken before the file is read: what changes meanwhile is found the next time.
      if (this.#isKnown([dev, ino, size, mtimeNs, ctimeNs].join())) return unchanged;
      if (size > this.#maxBytes) return this.#refused(`is larger than ${this.#maxBytes} bytes`);
      const { value, problems } = this.#make(await readFile(this.#path));
      this.#current = value ?? this.#current;
      return { changed: value !== undefined, problems };
    } catch (error) {
      const reason = errorCode(error);
      return this.#isKnown(reason) ? unchanged : this.#refused(`could not be read (${reason})`);
    }
  }

  #isKnown(fingerprint: string): boolean {
    const known = this.#fingerprint === fingerprint;
    this.#fingerprint = fingerprint;
    return known;
  }

  #refused(message: string): Refreshed {
    const place = { file: this.path, line: 0, column: 0, path: '' };
    return {
      changed: false,
      problems: [{ severity: 'error', ...place, message: `${this.#what} ${message}` }],
    };
  }
}
