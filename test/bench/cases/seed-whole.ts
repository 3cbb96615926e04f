import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { wholeContestant } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import { duckdbContestant, grepSearch, jqContestant } from '../lab/searches.ts';
import { duckdb } from '../yardsticks/duckdb.ts';
import { grep } from '../yardsticks/grep.ts';
import { jq } from '../yardsticks/jq.ts';

const own = 'riskpipe, seed, whole process';

export const seedWhole: BenchCase = {
  name: 'seed-whole',
  title: '2. Seed detection, whole process with start',
  logs: 'every',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(wholeContestant(lab, own, seedSet))
      .against(grep, (tool) => [grepSearch(lab, tool)])
      .against(duckdb, (tool) => [duckdbContestant(lab, tool)])
      .against(jq, (tool) => [jqContestant(lab, tool)])
      .contest([
        { kind: 'ratio', of: own, to: 'grep -ci', must: 1.2, aim: 2 },
        { kind: 'ratio', of: own, to: 'DuckDB, one thread', must: 5, aim: 8 },
      ]);
  },
};
