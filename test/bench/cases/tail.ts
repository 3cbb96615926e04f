import { writeFileSync } from 'node:fs';
import type { BenchCase, Figure } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { BenchChild } from '../lab/bench-child.ts';
import { seedSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { percentile } from '../statistics/percentile.ts';

const half = 'riskpipe, append to line evaluated, p50';
const most = 'riskpipe, append to line evaluated, p99';
const lost = 'riskpipe, lines lost';
const everyMs = 10;

export const tail: BenchCase = {
  name: 'tail',
  title: '10. Tailing: from a line appended to the line evaluated',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf).add({ name: half, run: () => latencies(lab) }).contest([
      { kind: 'most', of: half, unit: 'ms', must: 1, aim: 0.2 },
      { kind: 'most', of: most, unit: 'ms', must: 10, aim: 4 },
      { kind: 'most', of: lost, unit: 'lines', must: 0, aim: 0 },
    ]);
  },
};

async function latencies({ scratch, watchMs }: Lab): Promise<readonly Figure[]> {
  const file = scratch.path('audit.log');
  writeFileSync(file, '');
  const { detections, processor } = seedSet;
  const follower = new BenchChild('follow', file, JSON.stringify({ detections, ...processor }));
  try {
    await follower.told('ready');
    const count = Math.ceil(watchMs / everyMs);
    const writer = new BenchChild('append', file, String(count), '1', String(everyMs));
    await writer.told('appended', watchMs + 60_000);
    follower.tell({ expect: count });
    const values = (await follower.told('latenciesMs', 60_000)) as readonly number[];
    return [
      { name: half, unit: 'ms', value: percentile(values, 0.5) },
      { name: most, unit: 'ms', value: percentile(values, 0.99) },
      { name: lost, unit: 'lines', value: count - values.length },
    ];
  } finally {
    await follower.end();
  }
}
