import { summaryOf } from '../statistics/summary.ts';

/** One pass over a log, by a program that makes several in one process. */
export interface Pass {
  readonly seconds: number;
  /** CPU time of all its threads. */
  readonly cpuSeconds: number;
  /** What it found. */
  readonly hits: number;
}

/** How many of the passes count: the last ones, when everything is compiled. */
const steadyPasses = 3;

/** The median of the last passes, in seconds. Throws if there are none. */
export const steadySeconds = (passes: readonly Pass[]): number => steady(passes, ({ seconds }) => seconds);

/**
 * How much of a core the last passes had, in per cent, the threads that compile and collect garbage included. Much
 * less than 100: somebody else had the core, and the speed says little.
 */
export const steadyCpuShare = (passes: readonly Pass[]): number =>
  steady(passes, ({ seconds, cpuSeconds }) => (100 * cpuSeconds) / seconds);

function steady(passes: readonly Pass[], of: (pass: Pass) => number): number {
  const summary = summaryOf(passes.slice(-steadyPasses).map(of));
  if (summary === undefined) throw new Error('it made no pass');
  return summary.median;
}
