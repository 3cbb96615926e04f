import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encode } from '../../otlp/encode.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { Destination, Outcome } from '../../pipeline/outbox/destination.ts';
import type { LogRecord } from '../../record/record.ts';
import { assert } from '../../util/assert.ts';
import { reasonOf } from '../../util/reason-of.ts';
import { cutTornLine } from './torn-line.ts';

/** `log` hears of a line that had to be cut. */
export interface FileOptions {
  readonly path: string;
  readonly append: boolean;
  readonly createDirectory: boolean;
  readonly log: Logger;
}

const newline = Uint8Array.of(10);

/** A file that takes each delivery as one line, and has it on the disk before it says so. */
export class FileDestination implements Destination {
  readonly #options: FileOptions;
  #file: FileHandle | undefined;
  #torn = false;

  constructor(options: FileOptions) {
    this.#options = options;
  }

  /** Throws, with the path and the reason, if the file cannot be opened or is not one of ours. */
  async open(): Promise<void> {
    const { path, append, createDirectory } = this.#options;
    try {
      if (createDirectory) await mkdir(dirname(path), { recursive: true });
      // Risk events name users, addresses and workloads: the file is for its owner alone.
      this.#file = await open(path, 'a+', 0o600);
      if (!(await this.#file.stat()).isFile()) throw new Error('it is not a regular file');
      if (!append) await this.#file.truncate(0);
      await this.#repair(this.#file);
      await syncDirectory(path);
    } catch (error) {
      await this.close();
      throw new Error(`could not open "${path}" for writing: ${hint(error)}`, { cause: error });
    }
  }

  async deliver(records: readonly LogRecord[]): Promise<Outcome> {
    assert(this.#file, 'deliver before open');
    const line = Buffer.concat([encode(records, 'json'), newline]);
    try {
      if (this.#torn) await this.#repair(this.#file);
      this.#torn = true;
      await this.#file.appendFile(line);
      await this.#file.datasync();
      this.#torn = false;
      return { kind: 'delivered' };
    } catch (error) {
      return { kind: 'wait', reason: `could not write "${this.#options.path}": ${hint(error)}` };
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #repair(file: FileHandle): Promise<void> {
    const cut = await cutTornLine(file);
    if (cut > 0) {
      this.#options.log.warn(`cut ${cut} bytes of an unfinished line off the end of ${this.#options.path}`);
    }
  }
}

/** Makes the name of a new file as durable as its content. */
async function syncDirectory(path: string): Promise<void> {
  // Windows has no handle of a directory to flush.
  if (process.platform === 'win32') return;
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function hint(error: unknown): string {
  const message = reasonOf(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such directory; make it, or set "create_directory: true"';
  return message;
}
