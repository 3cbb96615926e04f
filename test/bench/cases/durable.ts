import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { steadyContestant } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import { LoopbackBackend } from '../lab/loopback-backend.ts';

const durably = 'riskpipe, seed, durable storage and otlp_http';
const without = 'riskpipe, seed, no storage and nop';

export const durable: BenchCase = {
  name: 'durable',
  title: '9. Durable storage and delivery to a backend on the loopback address',
  logs: 'synthetic',
  async prepare(lab) {
    const backend = await LoopbackBackend.start();
    const sending = { endpoint: backend.endpoint, sending_queue: { storage: 'file_storage' } };
    return new Assembly(lab.shelf)
      .add(
        steadyContestant(lab, without, seedSet),
        steadyContestant(lab, durably, seedSet, {
          exporters: { otlp_http: sending },
          // Each pass begins with an empty store; the program that makes them counts them in this variable.
          storedIn: lab.scratch.path('state-${env:RISKPIPE_BENCH_PASS}'),
        }),
      )
      .contest([{ kind: 'ratio', of: durably, to: without, must: 0.8, aim: 0.95 }], () => backend.stop());
  },
};
