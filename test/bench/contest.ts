import type { Lab } from './lab/lab.ts';

/** What a number of a benchmark counts. MB: 10^6 bytes; us: microseconds. */
export type Unit =
  'MB/s' | 'events/s' | 'risk events/s' | 'us/event' | 'ms' | 'MB' | '% of a core' | 'lines' | 'hits' | 's';

/** One thing that was measured. Figures of one name are one series, a value a round. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
}

/** Something that is measured once a round: riskpipe in one of its ways, or a yardstick. */
export interface Contestant {
  readonly name: string;
  /** Throws if it could not be measured. */
  run(): Promise<readonly Figure[]>;
}

/** What a case promises, in names of figures. `must` fails the case, `aim` is what it should become. */
export type Goal = RatioGoal | LimitGoal;

/** `of` divided by `to`, round by round, is at least `must`. */
interface RatioGoal {
  readonly kind: 'ratio';
  readonly of: string;
  readonly to: string;
  readonly must: number;
  readonly aim: number;
  /** For a yardstick that is known to be slower than the one meant: what the ratio is divided by, and why. */
  readonly handicap?: { readonly factor: number; readonly why: string };
}

/** `of` is at least, or at most, `must`. */
interface LimitGoal {
  readonly kind: 'least' | 'most';
  readonly of: string;
  readonly unit: Unit;
  readonly must: number;
  readonly aim: number;
}

/** One case, ready to be measured. */
export interface Contest {
  readonly contestants: readonly Contestant[];
  readonly goals: readonly Goal[];
  /** What is missing, why, and how to get it: never silently left out. Whatever else a reader has to know. */
  readonly remarks: readonly string[];
  /** Lets go of what was prepared. */
  close?(): Promise<void>;
}

/** One row of the table of figures, or one more that was promised. */
export interface BenchCase {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** The logs that it is measured on; those that need none, or a special one, run once, beside the synthetic one. */
  readonly logs: 'every' | 'synthetic' | 'codenotary';
  prepare(lab: Lab): Promise<Contest>;
}
