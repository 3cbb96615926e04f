import { describe, expect, test } from 'vitest';
import { decodeRecord } from '../../../src/record/codec.ts';
import type { LogRecord } from '../../../src/record/record.ts';
import { fromMillis } from '../../../src/record/time.ts';
import { addUsage, usageOf } from '../../../src/pipeline/outbox/queues.ts';
import type { Host } from '../../../src/pipeline/component.ts';
import { until } from '../../e2e/until.ts';
import { Backend, batchOf, Bench, delivered, high, low, running } from '../outbox-bench.ts';
import { TestHost } from '../test-host.ts';

const quota = { records: 10, bytes: 1e6 };
const eight = ['1', '2', '3', '4', '5', '6', '7', '8'];
const down = (): Backend => new Backend(() => ({ kind: 'wait', reason: 'down', afterMs: 3_600_000 }));

/** What is in the ordinary queue, in order. */
async function queued({ host }: Bench): Promise<readonly LogRecord[]> {
  const rows = await host.store.peek('outbox/out', 0, 1_000);
  return rows.map(({ value }) => decodeRecord(value));
}

const rule = (name: string, given: Partial<LogRecord> = {}): Partial<LogRecord> => ({
  ...low,
  ...given,
  attributes: { 'security_rule.name': name, ...given.attributes },
});

describe('when four fifths of the quota are used', () => {
  test('low records are counted exactly, and high ones still come in', async () => {
    const bench = await running(down(), { quota });
    for (let index = 0; index < 20; index++) await bench.sendAs(low, String(index));
    await bench.sendAs(high, 'a');
    expect(bench.host.counters('out')).toEqual({ records: 21, suppressed: 12 });
    expect([bench.host.store.length('outbox/out'), bench.host.store.length('urgent/out')]).toEqual([8, 1]);
    bench.balance();
    await bench.stop();
  });

  test('so it is within one batch', async () => {
    const bench = await running(down(), { quota });
    await bench.sendAs(low, ...Array.from({ length: 20 }, (_, index) => String(index)));
    expect(bench.host.counters('out')).toEqual({ records: 20, suppressed: 12 });
    await bench.stop();
  });

  test('bytes count as well as records', async () => {
    const bench = await running(down(), { quota: { records: 1_000, bytes: 1_000 } });
    for (let index = 0; index < 20; index++) await bench.sendAs(low, String(index));
    const { suppressed = 0 } = bench.host.counters('out');
    expect(suppressed).toBeGreaterThan(0);
    expect(usageOf(bench.host.store, 'outbox/out').bytes).toBeLessThan(1_200);
    bench.balance();
    await bench.stop();
  });

  test('when high ones have used up the rest, reading waits, and health says so', async () => {
    const bench = await running(down(), { quota });
    for (let index = 0; index < 8; index++) await bench.sendAs(low, String(index));
    await bench.sendAs(high, 'a');
    await bench.sendAs(high, 'b');
    await expect(bench.sendAs(high, 'c')).rejects.toThrow('reading pauses until there is room');
    await expect(bench.sendAs(low, 'x')).rejects.toThrow('reading pauses until there is room');
    expect(bench.host.problems.get('out: queue')).toContain('10 records');
    expect(bench.host.counters('out')).toEqual({ records: 10 });
    await bench.stop();
  });

  test('records of others, which nobody could make again, wait', async () => {
    const bench = await running(down(), { quota });
    await bench.send(...eight);
    await expect(bench.send('9')).rejects.toThrow('reading pauses');
    expect(bench.host.counters('out')).toEqual({ records: 8 });
    await bench.stop();
  });

  test('a replay waits instead, and only when all of it is used: what it finds does not depend on the time', async () => {
    class Replay extends TestHost {
      override readonly mode: Host['mode'] = 'replay';
    }
    const bench = await running(down(), { quota }, new Replay());
    for (let index = 0; index < 10; index++) await bench.sendAs(low, String(index));
    await expect(bench.sendAs(low, 'x')).rejects.toThrow('reading pauses');
    expect(bench.host.counters('out')).toEqual({ records: 10 });
    await bench.stop();
  });
});

describe('what was counted', () => {
  test('is told by one record a rule once there is room: how many, from when to when, and which', async () => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    const backend = new Backend(async () => {
      await opened;
      return delivered;
    });
    const bench = await running(backend, { quota });
    await bench.sendAs(low, ...eight);
    const uid = (index: number): Partial<LogRecord> => ({ attributes: { 'log.record.uid': `u${index}` } });
    for (let index = 0; index < 30; index++) {
      const at = fromMillis(1_000 * (index + 1));
      await bench.sendAs(rule(index % 3 === 0 ? 'A' : 'B', { ...uid(index), time: at }), 'x');
    }
    expect(bench.host.counters('out')).toEqual({ records: 38, suppressed: 30 });
    open();
    await bench.exporter.drained();
    const told = backend.requests.flat().slice(8);
    expect(told).toEqual([
      '10 records of "A" were counted and not kept: the queue of out was full',
      '20 records of "B" were counted and not kept: the queue of out was full',
    ]);
    expect(bench.host.counters('out')).toEqual({ records: 40, suppressed: 30, delivered: 10 });
    await bench.stop();
  });

  test('has attributes for machines, and an id that is its own', async () => {
    const bench = await running(down(), { quota: { records: 5, bytes: 1e6 } });
    for (let index = 0; index < 6; index++) {
      const attributes = { 'log.record.uid': `u${index}` };
      await bench.sendAs(rule('A', { time: fromMillis(1_000 * (6 - index)), attributes }), 'x');
    }
    // Not a minute, a quarter of an hour later.
    Object.assign(bench.host, { now: bench.host.now + 900_000_000_000n });
    await bench.sendAs(rule('A', { time: fromMillis(500), attributes: { 'log.record.uid': 'u6' } }), 'x');
    const [notice] = (await queued(bench)).slice(-1);
    expect(notice).toMatchObject({
      eventName: 'riskpipe.notice',
      time: 2_000_000_000n,
      attributes: {
        'log.record.uid': expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        'riskpipe.notice.kind': 'suppressed',
        'security_rule.name': 'A',
        'riskpipe.suppressed.count': 3,
        'riskpipe.suppressed.first': '1970-01-01T00:00:00.500Z',
        'riskpipe.suppressed.last': '1970-01-01T00:00:02Z',
        'riskpipe.suppressed.samples': ['u4', 'u5', 'u6'],
      },
    });
    bench.balance();
    await bench.stop();
  });

  test('is kept over a restart', async () => {
    const first = await running(down(), { quota });
    for (let index = 0; index < 20; index++) await first.sendAs(rule('A'), String(index));
    await first.stop();
    const backend = new Backend();
    const second = await running(backend, { quota }, new TestHost(first.host.store));
    await second.exporter.drained();
    expect(backend.requests.flat().at(-1)).toContain('12 records of "A"');
    expect(second.host.counters('out')).toEqual({ records: 21, suppressed: 12, delivered: 9 });
    await second.stop();
  });

  test('of too many rules is counted together', async () => {
    const bench = await running(down(), { quota: { records: 5, bytes: 1e6 } });
    await bench.host.work(async (work) => {
      for (let index = 0; index < 1_010; index++) {
        await bench.exporter.consume(batchOf(['x'], rule(`rule ${index}`)), work);
      }
    });
    expect(bench.host.counters('out')).toEqual({ records: 1_010, suppressed: 1_006 });
    expect(bench.host.store.scan('suppressed/out')).toHaveLength(1_001);
    await bench.stop();
  });
});

test('a unit of work that is rolled back has counted nothing and used no room', async () => {
  const bench = await running(down(), { quota: { records: 5, bytes: 1e6 } });
  await bench.sendAs(low, '1', '2', '3', '4');
  bench.host.failingCommits = 1;
  await expect(bench.sendAs(low, '5', '6')).rejects.toThrow('ENOSPC');
  expect(bench.host.counters('out')).toEqual({ records: 4 });
  expect(usageOf(bench.host.store, 'outbox/out').records).toBe(4);
  await bench.stop();
});

test('an outbox of an earlier version is emptied, and its use is right from then on', async () => {
  const first = new Bench(new Backend());
  await first.send('1', '2', '3');
  // It kept no note of records and bytes.
  await first.host.work(async ({ state }) => addUsage(state, 'outbox/out', { records: -3, bytes: -1e6 }));
  const second = await running(new Backend(), {}, new TestHost(first.host.store));
  await second.send('4');
  await second.exporter.drained();
  await until(
    () => second.host.store.length('outbox/out') === 0,
    () => 'not empty',
  );
  expect(usageOf(second.host.store, 'outbox/out')).toEqual({ records: 0, bytes: 0 });
  expect(second.host.counters('out')).toEqual({ records: 4, delivered: 4 });
  await second.stop();
});
