import { parseArgs } from 'node:util';
import { parseByteSize } from '../../src/util/byte-size.ts';
import { didYouMean } from '../../src/util/suggest.ts';
import { cases } from './cases/cases.ts';
import type { BenchCase } from './contest.ts';
import type { Effort } from './yardsticks/shelf.ts';

/** What the command line asks for. */
export interface BenchOptions {
  readonly cases: readonly BenchCase[];
  /** Not all cases, or not on all logs: docs/benchmarks.md stays as it is. */
  readonly isPartial: boolean;
  /** Bytes of the logs that are made. */
  readonly size: number;
  readonly rounds: number;
  readonly effort: Effort;
  readonly watchMs: number;
  /** A log of the user's. */
  readonly file: string | undefined;
  /** Where the JSON goes. */
  readonly json: string;
}

export const usage = `npm run bench -- [options]

  --only NAME        one case; may be given several times: ${cases.map(({ name }) => name).join(', ')}
  --size SIZE        of the logs that are made (default 1G)
  --rounds COUNT     (default 5)
  --yardsticks WHICH found: what is installed; quick: what is built in seconds, too (default);
                     all: RSigma and a Collector, too
  --file FILE        measures on this log, instead of the synthetic and the recorded one
  --watch SECONDS    how long a running sidecar is watched (default 10)
  --json FILE        where the figures go (default .cache/bench/figures.json)
  --smoke            everything once, on a log of 1 MB: shows that it runs, not how fast

A full run writes docs/benchmarks.md.
`;

/** The options; a text that says what is wrong with them otherwise. */
export function readOptions(args: readonly string[]): BenchOptions | string {
  try {
    return optionsOf(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function optionsOf(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { ...text, multiple: true, default: [] },
      size: text,
      rounds: text,
      yardsticks: { ...text, default: 'quick' },
      file: text,
      watch: text,
      json: { ...text, default: '.cache/bench/figures.json' },
      smoke: { type: 'boolean', default: false },
    },
  });
  const { only, smoke, file, json } = values;
  return {
    cases: only.length === 0 ? cases : only.map(caseCalled),
    isPartial: only.length > 0 || smoke || file !== undefined,
    size: sizeOf(values.size ?? (smoke ? '1M' : '1G')),
    rounds: positive('rounds', values.rounds ?? (smoke ? '1' : '5')),
    effort: effortOf(values.yardsticks),
    watchMs: 1_000 * positive('watch', values.watch ?? (smoke ? '1' : '10')),
    file,
    json,
  };
}

function caseCalled(name: string): BenchCase {
  const found = cases.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = cases.map(({ name }) => name);
  throw new Error(
    `there is no case "${name}"${didYouMean(name, names) || `; there are ${names.join(', ')}`}`,
  );
}

/** `1G` is short for `1GB`. */
function sizeOf(text: string): number {
  const bytes = parseByteSize(text) ?? parseByteSize(`${text}B`);
  if (bytes === undefined || bytes === 0)
    throw new Error(`--size: "${text}" is no size; write one such as 1G`);
  return bytes;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`--${name}: "${text}" is not a whole number above 0`);
  }
  return value;
}

function effortOf(text: string): Effort {
  if (text === 'found' || text === 'quick' || text === 'all') return text;
  throw new Error(`--yardsticks: "${text}" is none of found, quick, all`);
}
