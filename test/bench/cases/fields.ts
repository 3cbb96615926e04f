import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { steadyContestant } from '../lab/contestants.ts';
import { fieldSet } from '../lab/detection-sets.ts';
import { avx2SimdjsonContestant, parseLoopContestant, simdjsonContestant } from '../lab/searches.ts';
import { simdjson } from '../yardsticks/simdjson.ts';

const own = 'riskpipe, 64 detections, steady';
const threeFields = 'simdjson, 3 fields';
const thirteenPaths = 'simdjson, 13 paths';

export const fields: BenchCase = {
  name: 'fields',
  title: '3. 64 detections over 9 fields, steady state in process',
  logs: 'every',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(steadyContestant(lab, own, fieldSet(lab.scratch, 64)), parseLoopContestant(lab))
      .against(simdjson, (tool) => [
        simdjsonContestant(lab, threeFields, tool, 'fields'),
        simdjsonContestant(lab, thirteenPaths, tool, 'paths'),
        avx2SimdjsonContestant(lab, 'simdjson with AVX2, 3 fields', tool, 'fields'),
        avx2SimdjsonContestant(lab, 'simdjson with AVX2, 13 paths', tool, 'paths'),
      ])
      .contest([
        { kind: 'ratio', of: own, to: threeFields, must: 1.2, aim: 1.5 },
        { kind: 'ratio', of: own, to: thirteenPaths, must: 2, aim: 2.5 },
        { kind: 'ratio', of: own, to: 'JSON.parse loop', must: 12, aim: 18 },
      ]);
  },
};
