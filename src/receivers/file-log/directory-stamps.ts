import { statSync } from 'node:fs';

/** File systems note times in steps of up to so many milliseconds: a second change within one leaves no trace. */
const stepMs = 1_000;

/**
 * What directories looked like just before their names were listed. Every name that comes or goes changes the time of
 * modification of its directory, so while that is the same there is nothing to list anew.
 */
export class DirectoryStamps {
  readonly #stamps = new Map<string, string>();
  /** Since when all of them look as they do, and when they were taken; on the monotonic clock. */
  #unchangedSince = -Infinity;
  #takenAt = -Infinity;

  /** Missing directories may come. */
  constructor(directories: Iterable<string>) {
    for (const directory of directories) this.#stamps.set(directory, '');
  }

  /** To be called before names are listed. */
  take(now: number): void {
    this.#takenAt = now;
    for (const [directory, before] of this.#stamps) {
      const stamp = stampOf(directory);
      if (stamp === before) continue;
      this.#stamps.set(directory, stamp);
      this.#unchangedSince = now;
    }
  }

  /**
   * True if what was listed after `take` is still what there is, as far as the directories tell. Once after every
   * change they cannot: what changed within the same step of time.
   */
  hold(now: number): boolean {
    const certainAt = this.#unchangedSince + stepMs;
    if (this.#takenAt < certainAt && now >= certainAt) return false;
    for (const [directory, stamp] of this.#stamps) if (stampOf(directory) !== stamp) return false;
    return true;
  }
}

/** Differs between any two states of a directory, and for another one that took its place. */
function stampOf(directory: string): string {
  try {
    const stat = statSync(directory, { bigint: true, throwIfNoEntry: false });
    return stat ? `${stat.dev}:${stat.ino}:${stat.mtimeNs}:${stat.ctimeNs}` : 'missing';
  } catch {
    // Listing it tells the reason.
    return 'hidden';
  }
}
