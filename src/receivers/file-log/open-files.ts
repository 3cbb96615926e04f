import type { FollowedFile } from './followed-file.ts';

/** Keeps the number of open descriptors bounded: the file that was used longest ago is closed. */
export class OpenFiles {
  readonly #most: number;
  /** Longest unused first. */
  readonly #files = new Set<FollowedFile>();

  constructor(most: number) {
    this.#most = most;
  }

  /** `file` is open and in use. A file without a matching name stays open: nothing might lead back to it. */
  used(file: FollowedFile): void {
    this.#files.delete(file);
    this.#files.add(file);
    for (const idle of this.#files) {
      if (this.#files.size <= this.#most) return;
      if (idle !== file && idle.unlistedSince === undefined) this.close(idle);
    }
  }

  /** The descriptor of `from` is that of `to` now. */
  handOver(from: FollowedFile, to: FollowedFile): void {
    this.#files.delete(from);
    from.release();
    this.used(to);
  }

  close(file: FollowedFile): void {
    this.#files.delete(file);
    file.close();
  }
}
