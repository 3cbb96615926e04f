import type { ScannedRun } from './stretch.ts';

/** What comes next in a file: lines that were scanned, or some that nobody has looked at, up to offset `until`. */
export type Ahead =
  { readonly kind: 'run'; readonly run: ScannedRun } | { readonly kind: 'unknown'; readonly until: number };

/** A stretch that was given to a thread, and what is left of its answer. */
interface GivenStretch {
  readonly to: number;
  readonly runs: Promise<ScannedRun[]>;
}

/** What is known, or will be, of the part of one file that its receiver has not yet come to. */
export class FileAhead {
  /** Everything before it was given to threads, or is left to the receiver. */
  #given: number;
  #stretches: readonly GivenStretch[] = [];

  constructor(offset: number) {
    this.#given = offset;
  }

  get given(): number {
    return this.#given;
  }

  /** How many stretches it has that the receiver has not passed. */
  get held(): number {
    return this.#stretches.length;
  }

  /** Up to `to` a thread looks at it; `runs` is its answer. */
  give(to: number, runs: Promise<readonly ScannedRun[]>): void {
    this.#given = to;
    this.#stretches = [...this.#stretches, { to, runs: runs.then((all) => [...all]) }];
  }

  /** The receiver has come to `offset`: what lies before it is of no use any more. */
  pass(offset: number): void {
    this.#stretches = this.#stretches.filter(({ to }) => to > offset);
  }

  /** Nothing before `offset` is to be given away. */
  leave(offset: number): void {
    this.#given = Math.max(this.#given, offset);
  }

  /** What comes at `offset`, each run once: whoever fails with one has to read it himself. */
  async at(offset: number): Promise<Ahead> {
    for (const stretch of this.#stretches) {
      const runs = await stretch.runs;
      while (runs[0] !== undefined && runs[0].start < offset) runs.shift();
      const [run] = runs;
      if (run === undefined) continue;
      if (run.start > offset) return { kind: 'unknown', until: run.start };
      runs.shift();
      return { kind: 'run', run };
    }
    return { kind: 'unknown', until: Infinity };
  }
}
