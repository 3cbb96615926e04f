import type { BenchCase } from '../contest.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { Measured } from '../run-contest.ts';
import type { Verdict } from '../statistics/judge.ts';

/** What became of one case on one log. */
export interface CaseResult {
  readonly benchCase: Pick<BenchCase, 'name' | 'title'>;
  readonly corpus: Pick<Corpus, 'name' | 'bytes' | 'lines'>;
  readonly measured: Measured;
  readonly verdicts: readonly Verdict[];
  readonly remarks: readonly string[];
}

/** A run of the benchmark. */
export interface BenchReport {
  readonly machine: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly results: readonly CaseResult[];
}
