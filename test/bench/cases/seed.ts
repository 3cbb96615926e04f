import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { steadyContestant } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import {
  grepSearch,
  avx2SimdjsonContestant,
  rgMappedSearch,
  rgSearch,
  simdjsonContestant,
} from '../lab/searches.ts';
import { grep } from '../yardsticks/grep.ts';
import { ripgrep } from '../yardsticks/ripgrep.ts';
import { simdjson } from '../yardsticks/simdjson.ts';

const own = 'riskpipe, seed, steady';
const threeFields = 'simdjson, 3 fields';

export const seed: BenchCase = {
  name: 'seed',
  title: '1. Seed detection, steady state in process',
  logs: 'every',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(steadyContestant(lab, own, seedSet))
      .against(ripgrep, (tool) => [rgSearch(lab, tool), rgMappedSearch(lab, tool)])
      .against(grep, (tool) => [grepSearch(lab, tool)])
      .against(simdjson, (tool) => [
        simdjsonContestant(lab, threeFields, tool, 'fields'),
        avx2SimdjsonContestant(lab, 'simdjson with AVX2, 3 fields', tool, 'fields'),
        simdjsonContestant(lab, 'simdjson program, line ends only', tool, 'lines'),
      ])
      .contest([
        { kind: 'ratio', of: own, to: 'rg -ci --no-mmap', must: 0.8, aim: 1 },
        { kind: 'ratio', of: own, to: 'grep -ci', must: 2, aim: 2.5 },
        { kind: 'ratio', of: own, to: threeFields, must: 1.7, aim: 2 },
      ]);
  },
};
