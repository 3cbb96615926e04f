import { writeFileSync } from 'node:fs';
import type { BenchCase, Figure } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { BenchChild } from '../lab/bench-child.ts';
import { configFile } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { startSidecar } from '../lab/sidecar.ts';

const usage = 'riskpipe, 10,000 lines/s, CPU';
const peak = 'riskpipe, 10,000 lines/s, peak memory';
const atOnce = 100;
const everyMs = 10;

export const live: BenchCase = {
  name: 'live',
  title: '12. Live at 10,000 lines a second',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf).add({ name: usage, run: () => watched(lab) }).contest([
      { kind: 'most', of: usage, unit: '% of a core', must: 10, aim: 4 },
      { kind: 'most', of: peak, unit: 'MB', must: 120, aim: 90 },
    ]);
  },
};

async function watched(lab: Lab): Promise<readonly Figure[]> {
  const { scratch, watchMs } = lab;
  const file = scratch.path('audit.log');
  writeFileSync(file, '');
  const sidecar = await startSidecar(configFile(lab, 'live', seedSet, { include: [file] }));
  try {
    const count = String((watchMs / everyMs) * atOnce);
    const writer = new BenchChild('append', file, count, String(atOnce), String(everyMs));
    await writer.told('writing');
    const value = await sidecar.usageDuring(() => writer.told('appended', watchMs + 60_000));
    return [
      { name: usage, unit: '% of a core', value },
      { name: peak, unit: 'MB', value: sidecar.peakMegabytes },
    ];
  } finally {
    await sidecar.stop();
  }
}
