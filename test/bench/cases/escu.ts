import type { BenchCase, Contest } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { steadyContestant } from '../lab/contestants.ts';
import { escuAuditSet, noEscu, seedSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';

const all = 'riskpipe, 15 of ESCU, steady';
const alone = 'riskpipe, seed, steady';

export const escu: BenchCase = {
  name: 'escu',
  title: '5. The 15 audit detections of ESCU against the seed alone',
  logs: 'synthetic',
  prepare: (lab) => against(lab, { must: 0.6, aim: 0.8 }),
};

/** On a log of which they find something: at most three times as long. */
export const escuRecorded: BenchCase = {
  name: 'escu-recorded',
  title: 'The 15 audit detections of ESCU against the seed alone, on a recorded log',
  logs: 'codenotary',
  prepare: (lab) => against(lab, { must: 1 / 3, aim: 0.6 }),
};

async function against(lab: Lab, limits: { readonly must: number; readonly aim: number }): Promise<Contest> {
  const assembly = new Assembly(lab.shelf).add(steadyContestant(lab, alone, seedSet));
  const set = escuAuditSet();
  if (set === undefined) return assembly.remark(noEscu).contest([]);
  return assembly
    .add(steadyContestant(lab, all, set))
    .contest([{ kind: 'ratio', of: all, to: alone, ...limits }]);
}
