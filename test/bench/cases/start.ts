import { mkdirSync } from 'node:fs';
import { LevelStore } from '../../../src/store/level.ts';
import { encodeRecord } from '../../../src/record/codec.ts';
import { logRecord, noResource } from '../../../src/record/record.ts';
import { queuesOf } from '../../../src/pipeline/outbox/queues.ts';
import type { BenchCase, Figure } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { configFile } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import { startSidecar } from '../lab/sidecar.ts';

const name = 'riskpipe, start with 100,000 records in the outbox';
const records = 100_000;
const atOnce = 1_000;
/** Nobody listens there, so nothing leaves. */
const nowhere = 'http://127.0.0.1:9';

export const start: BenchCase = {
  name: 'start',
  title: '14. From the start of the process to the first byte read, with 100,000 records in the outbox',
  logs: 'synthetic',
  async prepare(lab) {
    const storedIn = lab.scratch.path('full-outbox');
    await fill(storedIn);
    const include = [lab.scratch.write('audit.log', '{}\n')];
    const sending = { endpoint: nowhere, sending_queue: { storage: 'file_storage' } };
    const config = configFile(lab, name, seedSet, { include, storedIn, exporters: { otlp_http: sending } });
    return new Assembly(lab.shelf)
      .add({ name, run: () => timed(config) })
      .contest([{ kind: 'most', of: name, unit: 'ms', must: 1_000, aim: 500 }]);
  },
};

/** It has looked into every file by the time it says that everything is ready. */
async function timed(config: string): Promise<readonly Figure[]> {
  const begin = performance.now();
  const sidecar = await startSidecar(config);
  const value = performance.now() - begin;
  await sidecar.stop();
  return [{ name, unit: 'ms', value }];
}

async function fill(directory: string): Promise<void> {
  mkdirSync(directory);
  const store = await LevelStore.open(directory);
  const { ordinary } = queuesOf('otlp_http');
  for (let first = 0; first < records; first += atOnce) {
    const work = store.begin();
    for (let index = first; index < first + atOnce; index++) work.enqueue(ordinary, recordText(index));
    await work.commit();
  }
  await store.close();
}

/** As long as a risk event. */
function recordText(index: number): string {
  const body = `user-${index} pulled an image that nobody knows `.repeat(12);
  return encodeRecord(logRecord({ observedTime: BigInt(index), resource: noResource, body }));
}
