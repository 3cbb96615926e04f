import { setTimeout as sleep } from 'node:timers/promises';
import type { Host, Settings } from '../../../src/pipeline/component.ts';
import type { Consumer } from '../../../src/pipeline/consumer.ts';
import type { Logger } from '../../../src/pipeline/logger.ts';
import { detection } from '../../../src/processors/detection.ts';
import { fileLog } from '../../../src/receivers/file-log.ts';
import { fromMillis } from '../../../src/record/time.ts';
import { WorkRunner } from '../../../src/service/work.ts';
import { MemoryStore } from '../../../src/store/memory.ts';

/**
 * `follow INCLUDE PROCESSOR`: tails as a sidecar does, receiver and detection as they are, and notes for each stamped
 * line how long after its stamp it was evaluated. Tells its parent when it is ready; told how many lines to expect, it
 * waits for them, and tells how long each took: what is missing after five quiet seconds is lost.
 */
const [include = '', processor = '{}'] = process.argv.slice(2);

const patienceMs = 5_000;
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const latenciesMs: number[] = [];
let latest = performance.now();

const settings = (id: string): Settings => ({
  id,
  pipeline: 'logs',
  directory: process.cwd(),
  log: silent,
  now: () => fromMillis(Date.now()),
});

const evaluate = await detection.create(
  settings('detection'),
  detection.schema.parse(JSON.parse(processor)),
  {
    async consume() {},
  },
);
const noting: Consumer = {
  async consume(batch, work) {
    await evaluate.consume(batch, work);
    const now = process.hrtime.bigint();
    latest = performance.now();
    for (let index = 0; index < batch.size; index++) {
      const [, stamp] = /"sent-(\d+)"/.exec(batch.line(index).text) ?? [];
      if (stamp !== undefined) latenciesMs.push(Number(now - BigInt(stamp)) / 1e6);
    }
  },
};
const receiver = await fileLog.create(
  settings('file_log'),
  fileLog.schema.parse({ include: [include], start_at: 'beginning' }),
  noting,
);

const store = new MemoryStore();
const runner = new WorkRunner(store, () => fromMillis(Date.now()));
const host: Host = {
  mode: 'run',
  store,
  health: { set: () => {} },
  work: (run) => runner.run(run),
  caughtUp: () => process.send?.({ ready: true }),
  fail(error) {
    throw error;
  },
};
process.on('message', (message: { readonly expect: number }) => void report(message.expect));
await evaluate.start(host);
await receiver.start(host);

async function report(expected: number): Promise<void> {
  latest = Math.max(latest, performance.now());
  while (latenciesMs.length < expected && performance.now() - latest < patienceMs) await sleep(20);
  process.send?.({ latenciesMs });
}
