import { expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { Backend, batchOf, Bench, delivered, running } from './outbox-bench.ts';

test('delivers in order, in requests of at most so many records, and counts', async () => {
  const backend = new Backend();
  const bench = new Bench(backend, { maxRecords: 2 });
  await bench.send('1', '2', '3');
  await bench.send('4', '5');
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['1', '2'], ['3', '4'], ['5']]);
  expect(bench.host.counters('out')).toEqual({ records: 5, delivered: 5 });
  await bench.stop();
});

test('a request has at most so many bytes, but a larger record goes alone', async () => {
  const backend = new Backend();
  const bench = new Bench(backend, { maxBytes: 1_000 });
  const long = 'x'.repeat(2_000);
  await bench.send('1', '2', long, '3', '4', '5', '6', '7');
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(backend.requests.map((request) => request.length)).toEqual([2, 1, 4, 1]);
  expect(backend.requests.flat()).toEqual(['1', '2', long, '3', '4', '5', '6', '7']);
  await bench.stop();
});

test('a record that was rolled back is not delivered', async () => {
  const backend = new Backend();
  const bench = await running(backend);
  bench.host.failingCommits = 1;
  await expect(bench.send('lost')).rejects.toThrow('ENOSPC');
  await bench.send('kept');
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['kept']]);
  await bench.stop();
});

test('waits and tries the same records again until they are taken', async () => {
  const backend = new Backend((_, attempt) => (attempt < 3 ? { kind: 'wait', reason: '503' } : delivered));
  const bench = await running(backend);
  await bench.send('1', '2');
  await bench.exporter.drained();
  expect(backend.requests).toEqual([
    ['1', '2'],
    ['1', '2'],
    ['1', '2'],
  ]);
  expect(bench.log.lines).toContain('warn: cannot deliver: 503; 2 records wait, next try in 1ms');
  expect(bench.log.lines).toContain('info: delivering again after 2 failed attempts');
  await bench.stop();
});

test('what a destination throws means wait', async () => {
  const backend = new Backend((_, attempt) => {
    if (attempt === 1) throw new Error('broken pipe');
    return delivered;
  });
  const bench = await running(backend);
  await bench.send('1');
  await bench.exporter.drained();
  expect(bench.log.lines).toContain('warn: cannot deliver: broken pipe; 1 records wait, next try in 1ms');
  await bench.stop();
});

test('waits at least as long as the backend asks for', async () => {
  const bench = await running(new Backend(() => ({ kind: 'wait', reason: '429', afterMs: 90_000 })));
  await bench.send('1');
  expect(await bench.logged('next try in 1m30s')).toBe(true);
  await bench.stop();
});

test('sets refused records aside with the reason and goes on with the next', async () => {
  const backend = new Backend(([body]) =>
    body === 'bad' ? { kind: 'refused', reason: '400: no' } : delivered,
  );
  const bench = new Bench(backend, { maxRecords: 1 });
  await bench.send('bad', 'good');
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['bad'], ['good']]);
  expect(bench.host.counters('out')).toEqual({ records: 3, delivered: 2, dead: 1 });
  const [dead] = await bench.host.store.peek('dead/out', 0, 10);
  expect(JSON.parse(dead?.value ?? '')).toMatchObject({
    reason: '400: no',
    at: bench.host.now.toString(),
    record: expect.stringContaining('"bad"') as unknown,
  });
  expect(bench.log.lines).toContain(
    'error: refused 1 records: 400: no; they are kept until the process ends, for nothing is stored',
  );
  await bench.stop();
});

test('a full queue refuses further records until there is room', async () => {
  const open: (() => void)[] = [];
  const backend = new Backend(() => new Promise((resolve) => open.push(() => resolve(delivered))));
  const bench = await running(backend, { quota: { records: 2, bytes: 1e6 } });
  await bench.send('1', '2');
  await expect(bench.send('3')).rejects.toThrow(
    /^out: 2 records \(.* B\) wait to be delivered; reading pauses/,
  );
  await until(
    () => open.length > 0,
    () => 'no delivery',
  );
  for (const done of open.splice(0)) done();
  await bench.exporter.drained();
  await bench.send('3');
  await until(
    () => open.length > 0,
    () => 'no delivery',
  );
  for (const done of open.splice(0)) done();
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['1', '2'], ['3']]);
  await bench.stop();
});

test('a unit of work is full with the batch that fills the queue', async () => {
  const bench = new Bench(new Backend(), { quota: { records: 3, bytes: 1e6 } });
  const full = await bench.host.work(async (work) => {
    const seen: boolean[] = [];
    for (const bodies of [
      ['1', '2'],
      ['3', '4'],
    ]) {
      await bench.exporter.consume(batchOf(bodies), work);
      seen.push(work.isFull());
    }
    return seen;
  });
  expect(full).toEqual([false, true]);
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(bench.host.counters('out')).toEqual({ records: 4, delivered: 4 });
  await bench.stop();
});

test('records wait for others that come later', async () => {
  const backend = new Backend();
  const bench = await running(backend, { flushMs: 3_600_000, minRecords: 2 });
  await bench.send('1');
  await bench.send('2');
  await until(
    () => backend.requests.length > 0,
    () => 'no request',
  );
  expect(backend.requests).toEqual([['1', '2']]);
  await bench.stop();
});

test('nothing waits for others while somebody waits for the queue to be empty', async () => {
  const backend = new Backend();
  const bench = await running(backend, { flushMs: 3_600_000 });
  await bench.send('1');
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['1']]);
  await bench.send('2');
  const drained = bench.exporter.drained();
  await bench.send('3');
  await drained;
  expect(backend.requests.flat()).toEqual(['1', '2', '3']);
  await bench.stop();
});

test('records wait for others no longer than the flush timeout', async () => {
  const backend = new Backend();
  const bench = await running(backend, { flushMs: 20 });
  await bench.send('1');
  await until(
    () => backend.requests.length > 0,
    () => 'no request',
  );
  expect(backend.requests).toEqual([['1']]);
  await bench.stop();
});

test('enough records do not wait for the flush timeout', async () => {
  const backend = new Backend();
  const bench = await running(backend, { flushMs: 3_600_000, minRecords: 3 });
  await bench.send('1', '2');
  await bench.send('3', '4');
  await until(
    () => backend.requests.length > 0,
    () => 'no request',
  );
  expect(backend.requests).toEqual([['1', '2', '3', '4']]);
  await bench.stop();
});

test('ends the process on a row that is no record', async () => {
  const bench = new Bench(new Backend());
  await bench.host.work(async ({ state }) => state.enqueue('outbox/out', 'torn'));
  await bench.exporter.start(bench.host);
  await until(
    () => bench.host.failures.length > 0,
    () => 'no failure',
  );
  await bench.stop();
  expect(bench.host.store.length('outbox/out')).toBe(1);
});

test('start fails with what the destination says', async () => {
  const bench = new Bench({
    open: () => Promise.reject(new Error('no certificate')),
    deliver: async () => delivered,
  });
  await expect(bench.exporter.start(bench.host)).rejects.toThrow('no certificate');
});
