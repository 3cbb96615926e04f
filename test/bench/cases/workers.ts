import { basename, join } from 'node:path';
import { rm } from 'node:fs/promises';
import type { BenchCase } from '../contest.ts';
import { repeat } from '../corpus/corpus.ts';
import { Assembly } from '../lab/assembly.ts';
import { busyShare } from '../lab/busy-share.ts';
import { wholeContestant } from '../lab/contestants.ts';
import { fieldSet } from '../lab/detection-sets.ts';
import { hasWorkers } from '../lab/replay.ts';

const two = 'riskpipe, 64 detections, two workers';
const one = 'riskpipe, 64 detections, one worker';
const busy = 0.1;
/** Threads take their time to start: a log of less than a second would tell nothing else. */
const times = 4;

export const workers: BenchCase = {
  name: 'workers',
  title: '8. Two workers against one, whole process, four times the log',
  logs: 'synthetic',
  async prepare(lab) {
    const assembly = new Assembly(lab.shelf);
    if (!hasWorkers()) return assembly.remark('this build has no "replay --workers"').contest([]);
    const share = await busyShare();
    if (share > busy) {
      assembly.remark(
        `others use ${(share * 100).toFixed(0)} % of this machine: two workers cannot show what they can`,
      );
    }
    const { corpus, cache } = lab;
    const path = join(cache, `four-${process.pid}-${basename(corpus.path)}`);
    repeat(corpus.path, path, times);
    const long = { ...lab, corpus: { ...corpus, path, bytes: corpus.bytes * times } };
    const set = fieldSet(lab.scratch, 64);
    return assembly
      .add(wholeContestant(long, one, set, {}, 1), wholeContestant(long, two, set, {}, 2))
      .contest([{ kind: 'ratio', of: two, to: one, must: 1.6, aim: 1.9 }], () => rm(path, { force: true }));
  },
};
