import { basename, join } from 'node:path';
import { rm } from 'node:fs/promises';
import type { BenchCase } from '../contest.ts';
import { repeat } from '../corpus/corpus.ts';
import { Assembly } from '../lab/assembly.ts';
import { configFile } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import { replayPeakMegabytes } from '../lab/peak-memory.ts';

const once = 'riskpipe, peak memory of a replay';
const sixTimes = 'riskpipe, peak memory, six times the log';
const growth = 'riskpipe, growth of memory';
const times = 6;

export const memory: BenchCase = {
  name: 'memory',
  title: '7. Resident memory, and its growth with the length of the log',
  logs: 'synthetic',
  async prepare(lab) {
    const { corpus, cache } = lab;
    const long = join(cache, `six-${process.pid}-${basename(corpus.path)}`);
    repeat(corpus.path, long, times);
    const short = configFile(lab, once, seedSet);
    const longer = configFile(lab, sixTimes, seedSet, { include: [long] });
    return new Assembly(lab.shelf)
      .add({
        name: once,
        async run() {
          const one = await replayPeakMegabytes(short);
          const six = await replayPeakMegabytes(longer);
          return [
            { name: once, unit: 'MB', value: one },
            { name: sixTimes, unit: 'MB', value: six },
            { name: growth, unit: 'MB', value: six - one },
          ];
        },
      })
      .contest(
        [
          { kind: 'most', of: once, unit: 'MB', must: 90, aim: 60 },
          { kind: 'most', of: growth, unit: 'MB', must: 5, aim: 1 },
        ],
        () => rm(long, { force: true }),
      );
  },
};
