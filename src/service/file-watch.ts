import { stat } from 'node:fs/promises';
import { glob } from 'tinyglobby';

/** Finds out, by looking again and again, whether files have changed, come or gone. */
export class FileWatch {
  readonly #patterns: () => readonly string[];
  #known: ReadonlyMap<string, string> = new Map();
  #pending = '';

  /** `patterns`: absolute paths and globs, asked for at every look. Call `settle` before the first one. */
  constructor(patterns: () => readonly string[]) {
    this.#patterns = patterns;
  }

  /**
   * The paths that are not as they were when it last settled or told of them; none until two looks in a row have found
   * the same: what is being written is left to be finished.
   */
  async look(): Promise<readonly string[]> {
    const stamps = await stampsOf(this.#patterns());
    const changed = differences(this.#known, stamps);
    const seen = changed.map((path) => `${path} ${stamps.get(path)}`).join('\n');
    const isSettled = changed.length > 0 && seen === this.#pending;
    this.#pending = seen;
    if (!isSettled) return [];
    this.#known = stamps;
    return changed;
  }

  /**
   * All that the patterns name now is known, but for what was changed at `since` or later, by wall time in milliseconds:
   * who began to read the files then may have missed it.
   */
  async settle(since: number): Promise<void> {
    const stamps = await stampsOf(this.#patterns());
    const now = Date.now();
    // A time in the future is that of another clock, and says nothing.
    const isKnown = (stamp: string): boolean => changedAt(stamp) < since - tickMs || changedAt(stamp) > now;
    this.#known = new Map([...stamps].filter(([, stamp]) => isKnown(stamp)));
    this.#pending = '';
  }
}

/** File systems take their time from a clock that moves in steps of some milliseconds. */
const tickMs = 10;

/** What tells one state of a file from another, by path, the time of its last change first; "0" if it cannot be told. */
async function stampsOf(patterns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>();
  const found = await glob([...patterns], { absolute: true, expandDirectories: false, dot: true });
  for (const path of found.toSorted()) {
    stamps.set(
      path,
      await stat(path, { bigint: true }).then(
        ({ dev, ino, size, mtimeNs, ctimeNs }) => [ctimeNs, dev, ino, size, mtimeNs].join(),
        () => '0',
      ),
    );
  }
  return stamps;
}

/** Milliseconds of wall time, of a stamp. */
const changedAt = (stamp: string): number => Number(BigInt(stamp.split(',', 1)[0] ?? '0') / 1_000_000n);

function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
