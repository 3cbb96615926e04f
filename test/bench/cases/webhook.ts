import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { seedSet } from '../lab/detection-sets.ts';
import { startListening } from '../lab/listening-sidecar.ts';
import { floodFigures, paceFigures, type StartOn } from '../load/load-figures.ts';

const flood = 'riskpipe, webhook, 15 batches of 400 at a time';
const steady = 'riskpipe, webhook, 4,000 events/s';
/** 10 batches a second: what an API server sends at most, by default (spec/k8s-audit.md §5). */
const eventsPerSecond = 4_000;

export const webhook: BenchCase = {
  name: 'webhook',
  title: '16. The audit webhook, durable before the answer',
  logs: 'synthetic',
  async prepare(lab) {
    const start: StartOn = (port) => startListening(lab, 'webhook', port, seedSet);
    return new Assembly(lab.shelf)
      .add(
        { name: flood, run: () => floodFigures(flood, 'webhook', lab.watchMs, start) },
        {
          name: steady,
          run: () => paceFigures(steady, 'webhook', eventsPerSecond, lab.watchMs, start),
        },
      )
      .contest([
        { kind: 'least', of: flood, unit: 'events/s', must: 4_000, aim: 20_000 },
        { kind: 'most', of: `${steady}, CPU`, unit: '% of a core', must: 50, aim: 20 },
        { kind: 'most', of: `${steady}, peak memory`, unit: 'MB', must: 150, aim: 120 },
      ]);
  },
};
