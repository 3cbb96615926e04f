import { describe, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { Backend, Bench, delivered, running } from './outbox-bench.ts';
import { TestHost } from './test-host.ts';

describe('stopping', () => {
  test('lets an attempt under way end, and notes what it delivered', async () => {
    let finish = (): void => {};
    const backend = new Backend(() => new Promise((resolve) => (finish = () => resolve(delivered))));
    const bench = await running(backend, { maxRecords: 1 });
    await bench.send('1', '2');
    await until(
      () => backend.requests.length > 0,
      () => 'no delivery',
    );
    const stopped = bench.exporter.shutdown(new AbortController().signal);
    finish();
    await stopped;
    expect(bench.host.counters('out')).toEqual({ records: 2, delivered: 1 });
    expect(bench.host.store.length('outbox/out')).toBe(1);
  });

  test('aborts it when patience runs out, and keeps the records', async () => {
    const backend = new Backend(
      (_, __, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('cut off'))),
        ),
    );
    const bench = await running(backend);
    await bench.send('1');
    await until(
      () => backend.requests.length > 0,
      () => 'no delivery',
    );
    const patience = new AbortController();
    const stopped = bench.exporter.shutdown(patience.signal);
    patience.abort();
    await stopped;
    expect(bench.host.store.length('outbox/out')).toBe(1);
    expect(bench.log.lines).toContain('warn: cannot deliver: cut off; 1 records wait');
  });

  test('does not wait for the next try', async () => {
    const bench = await running(new Backend(() => ({ kind: 'wait', reason: 'down', afterMs: 3_600_000 })));
    await bench.send('1');
    await bench.logged('next try in 1h');
    await bench.exporter.shutdown(new AbortController().signal);
    expect(bench.host.store.length('outbox/out')).toBe(1);
  });

  test('closes the destination once nothing uses it', async () => {
    const steps: string[] = [];
    const bench = await running({
      open: async () => void steps.push('open'),
      deliver: async () => {
        steps.push('deliver');
        return delivered;
      },
      close: async () => void steps.push('close'),
    });
    await bench.send('1');
    await bench.exporter.drained();
    await bench.stop();
    expect(steps).toEqual(['open', 'deliver', 'close']);
  });
});

test('what an earlier run left is delivered by the next, and announced', async () => {
  const first = new Bench(new Backend());
  await first.send('1', '2');
  const backend = new Backend();
  const second = await running(backend, {}, new TestHost(first.host.store));
  expect(second.log.lines).toContain('info: 2 records of an earlier run are still to be delivered');
  await second.exporter.drained();
  expect(backend.requests).toEqual([['1', '2']]);
  await second.stop();
});

test('does not deliver twice what the store could not note at once', async () => {
  const backend = new Backend();
  const bench = new Bench(backend);
  await bench.send('1');
  bench.host.failingCommits = 2;
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['1']]);
  expect(bench.host.counters('out')).toEqual({ records: 1, delivered: 1 });
  expect(bench.log.lines).toContain(
    'error: cannot note that 1 records are delivered: ENOSPC: no space left on device; next try in 1ms',
  );
  await bench.stop();
});
