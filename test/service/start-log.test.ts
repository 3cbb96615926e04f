import { expect, test } from 'vitest';
import type { Exporter, Host } from '../../src/pipeline/component.ts';
import type { Batch } from '../../src/record/batch.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { fromMillis } from '../../src/record/time.ts';
import { StartLog } from '../../src/service/start-log.ts';
import { WorkRunner } from '../../src/service/work.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { TestHost } from '../pipeline/test-host.ts';

const minute = 60_000;

/** A store that outlives starts, at a time that the test sets. */
function scene() {
  const store = new MemoryStore();
  const log = new RecordingLogger();
  const records: LogRecord[] = [];
  const clock = { ms: 1_775_995_200_000 };
  const runner = new WorkRunner(store, () => fromMillis(clock.ms));
  const host: Host = Object.assign(new TestHost(store), { work: runner.run.bind(runner) });
  const exporter: Exporter = {
    start: async () => {},
    shutdown: async () => {},
    waiting: () => 0,
    drained: async () => {},
    consume: async (batch: Batch) => {
      for (let index = 0; index < batch.size; index++) records.push(batch.record(index));
    },
  };
  const start = async (): Promise<void> => new StartLog().note(host, [exporter], log);
  return { log, records, clock, host, start, stop: () => new StartLog().endWell(host), exporter };
}

test('the fifth start after four that did not end in order tells of a loop, in the log and as a notice', async () => {
  const { start, records, log, clock } = scene();
  for (let count = 0; count < 4; count++) {
    await start();
    clock.ms += minute;
  }
  expect(records).toEqual([]);
  await start();
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    eventName: 'riskpipe.notice',
    attributes: {
      'riskpipe.notice.kind': 'crash_loop',
      'riskpipe.notice.starts': 4,
      'riskpipe.notice.since': '2026-04-12T12:00:00Z',
    },
  });
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toMatch(/^warn: started 4 times in 10m without stopping in order; look/);
});

test('a loop is told of once in ten minutes, and again while it goes on', async () => {
  const { start, records, clock } = scene();
  for (let count = 0; count < 20; count++) {
    await start();
    clock.ms += 20_000;
  }
  expect(records).toHaveLength(1);
  for (let count = 0; count < 20; count++) {
    await start();
    clock.ms += 20_000;
  }
  expect(records).toHaveLength(2);
  expect(new Set(records.map(({ attributes }) => attributes['log.record.uid'])).size).toBe(2);
});

test('a stop in order ends what came before it', async () => {
  const { start, stop, records } = scene();
  for (let count = 0; count < 20; count++) {
    await start();
    if (count % 3 === 2) await stop();
  }
  expect(records).toEqual([]);
});

test('starts of long ago, and of a clock that was set back, are no loop', async () => {
  const { start, records, clock } = scene();
  for (let count = 0; count < 10; count++) {
    await start();
    clock.ms += 4 * minute;
  }
  for (let count = 0; count < 10; count++) {
    await start();
    clock.ms -= 60 * minute;
  }
  expect(records).toEqual([]);
});

test('a start that cannot be noted is a start all the same', async () => {
  const { host, log, exporter } = scene();
  const failing: Host = Object.assign(new TestHost(), { work: () => Promise.reject(new Error('disk full')) });
  await new StartLog().note(failing, [exporter], log);
  expect(log.lines).toEqual(['warn: this start could not be noted: disk full']);
  expect(host.store.tables('service/')).toEqual([]);
});
