import type { FollowedFile } from './followed-file.ts';

/** Keeps the number of open descriptors bounded: the file that was used longest ago is closed. */
export class OpenFiles {
  #most: number;
  /** Longest unused first. */
  readonly #files = new Set<FollowedFile>();

  constructor(most: number) {
    this.#most = most;
  }

  /** `file` is open and in use. A file without a matching name stays open: nothing might lead back to it. */
  used(file: FollowedFile): void {
    this.#files.delete(file);
    this.#files.add(file);
    this.#closeIdle(file);
  }

  /**
   * The process has no descriptor left: from now on half as many are kept open, and the others closed. False if there
   * was none to close.
   */
  shrink(): boolean {
    const before = this.#files.size;
    this.#most = Math.max(1, Math.floor(Math.min(this.#most, before) / 2));
    this.#closeIdle(undefined);
    return this.#files.size < before;
  }

  #closeIdle(file: FollowedFile | undefined): void {
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
