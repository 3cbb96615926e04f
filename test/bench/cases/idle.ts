import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchCase, Contestant } from '../contest.ts';
import { Cluster } from '../corpus/cluster.ts';
import { nextLine } from '../corpus/mix.ts';
import { Assembly } from '../lab/assembly.ts';
import { configFile } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { startSidecar } from '../lab/sidecar.ts';

const nameOf = (files: number): string => `riskpipe, idle, ${files} files`;

export const idle: BenchCase = {
  name: 'idle',
  title: '10. Idle CPU while many files are tailed',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf).add(idling(lab, 100), idling(lab, 1_000)).contest([
      { kind: 'most', of: nameOf(100), unit: '% of a core', must: 0.7, aim: 0.35 },
      { kind: 'most', of: nameOf(1_000), unit: '% of a core', must: 1.5, aim: 0.8 },
    ]);
  },
};

function idling(lab: Lab, files: number): Contestant {
  const { scratch, watchMs } = lab;
  const cluster = new Cluster(files);
  for (let file = 0; file < files; file++) {
    scratch.write(`idle-${files}/audit-${file}.log`, `${nextLine(cluster)}\n`);
  }
  const name = nameOf(files);
  const include = [scratch.path(`idle-${files}`, '*.log')];
  const config = configFile(lab, name, seedSet, { include });
  return {
    name,
    async run() {
      const sidecar = await startSidecar(config);
      try {
        // What it reads at its start is not what is asked for.
        await sidecar.quiet();
        const value = await sidecar.usageDuring(() => sleep(watchMs));
        return [{ name, unit: '% of a core', value }];
      } finally {
        await sidecar.stop();
      }
    },
  };
}
