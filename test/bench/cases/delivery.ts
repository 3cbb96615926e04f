import { rmSync, writeFileSync } from 'node:fs';
import { until } from '../../e2e/until.ts';
import type { BenchCase, Contestant, Figure } from '../contest.ts';
import { riskDetection } from '../detections/native.ts';
import { Assembly } from '../lab/assembly.ts';
import { BenchChild } from '../lab/bench-child.ts';
import { configFile } from '../lab/contestants.ts';
import type { Lab } from '../lab/lab.ts';
import { LoopbackBackend } from '../lab/loopback-backend.ts';
import { startSidecar } from '../lab/sidecar.ts';
import { percentile } from '../statistics/percentile.ts';

const soon = 'riskpipe, append to acknowledged, flush_timeout 10ms';
const usual = 'riskpipe, append to acknowledged, default flush_timeout';
const everyMs = 20;

/** Every line that says when it was sent is a risk event of that moment. */
const sent = 'annotations.riskpipe/sent';
const stamped = riskDetection('stamped', { [sent]: { starts_with: 'sent-' } }, sent);

export const delivery: BenchCase = {
  name: 'delivery',
  title: '11. From a line appended to its record acknowledged by the backend, durable',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(delivering(lab, soon, { flush_timeout: '10ms' }), delivering(lab, usual, {}))
      .contest([
        { kind: 'most', of: `${soon}, p50`, unit: 'ms', must: 50, aim: 10 },
        { kind: 'most', of: `${soon}, p99`, unit: 'ms', must: 250, aim: 60 },
        { kind: 'most', of: `${soon}, lost`, unit: 'lines', must: 0, aim: 0 },
      ]);
  },
};

const delivering = (lab: Lab, name: string, batch: object): Contestant => ({
  name,
  run: () => latencies(lab, name, batch),
});

async function latencies(lab: Lab, name: string, batch: object): Promise<readonly Figure[]> {
  const { scratch, watchMs } = lab;
  const file = scratch.path('audit.log');
  const storedIn = scratch.path('state');
  const count = Math.ceil(watchMs / everyMs);
  writeFileSync(file, '');
  rmSync(storedIn, { recursive: true, force: true });
  const set = { detections: [scratch.write('stamped.yaml', stamped)] };
  const backend = await LoopbackBackend.start();
  try {
    const sending_queue = { storage: 'file_storage', batch };
    const exporters = { otlp_http: { endpoint: backend.endpoint, compression: 'none', sending_queue } };
    const config = configFile(lab, name, set, { include: [file], exporters, storedIn });
    await appendLines(config, file, count, watchMs + 60_000, () => backend.latenciesMs.length >= count);
  } finally {
    await backend.stop();
  }
  const values = backend.latenciesMs;
  return [
    { name: `${name}, p50`, unit: 'ms', value: percentile(values, 0.5) },
    { name: `${name}, p99`, unit: 'ms', value: percentile(values, 0.99) },
    { name: `${name}, lost`, unit: 'lines', value: count - values.length },
  ];
}

/** Runs a sidecar while lines are appended, and on until `isComplete`, or for a while if that never comes. */
async function appendLines(
  config: string,
  file: string,
  count: number,
  patienceMs: number,
  isComplete: () => boolean,
): Promise<void> {
  const sidecar = await startSidecar(config);
  try {
    const writer = new BenchChild('append', file, String(count), '1', String(everyMs));
    await writer.told('appended', patienceMs);
    // What did not come is counted as lost.
    await until(isComplete, () => 'all records').catch(() => undefined);
  } finally {
    await sidecar.stop();
  }
}
