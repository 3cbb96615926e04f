import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { steadyContestant } from '../lab/contestants.ts';
import { fieldSet } from '../lab/detection-sets.ts';

const nameOf = (count: number): string => `riskpipe, ${count} detections, steady`;

export const flatness: BenchCase = {
  name: 'flatness',
  title: '4. What more detections cost',
  logs: 'every',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(
        ...[16, 64, 500].map((count) => steadyContestant(lab, nameOf(count), fieldSet(lab.scratch, count))),
      )
      .contest([
        { kind: 'ratio', of: nameOf(64), to: nameOf(16), must: 0.75, aim: 0.9 },
        { kind: 'ratio', of: nameOf(500), to: nameOf(64), must: 0.6, aim: 0.8 },
      ]);
  },
};
