import type { AuditWriter } from './audit-writer.ts';
import type { Backend } from './backend.ts';
import { keyOf } from './verdict.ts';

/** How far a backend has got of what a writer wrote, kept up to date as records come. */
export class Arrivals {
  /** The latest line, and the latest file, of which a finding has come; -1: none. */
  newestLine = -1;
  newestFile = -1;
  /** When the latest came, in milliseconds of `performance.now()`. */
  at = 0;
  readonly #writer: AuditWriter;
  readonly #keys = new Set<string>();

  constructor(writer: AuditWriter, backend: Backend) {
    this.#writer = writer;
    backend.onNew = (record) => {
      const key = keyOf(record);
      const written = writer.expected.get(key);
      if (written === undefined) return;
      this.#keys.add(key);
      this.at = performance.now();
      this.newestLine = Math.max(this.newestLine, written.line);
      this.newestFile = Math.max(this.newestFile, written.file);
    };
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** All that is to be found in what was written so far has come. */
  get complete(): boolean {
    return this.#keys.size === this.#writer.expected.size;
  }
}
