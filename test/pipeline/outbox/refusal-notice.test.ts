import { describe, expect, test } from 'vitest';
import { deadLetters, dropLetters } from '../../../src/pipeline/outbox/dead-letters.ts';
import type { Outcome } from '../../../src/pipeline/outbox/destination.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { TestHost } from '../test-host.ts';
import { Backend, Bench, delivered, running } from '../outbox-bench.ts';

const refused: Outcome = { kind: 'refused', reason: '400 Bad Request from x: no', status: 400 };
const tooLarge: Outcome = { kind: 'too large', reason: '413', status: 413 };
const picky = (): Backend =>
  new Backend(([body = '']) => (body === 'bad' ? refused : body === 'big' ? tooLarge : delivered));

/** Sends records one after the other, each until it is delivered or set aside. */
async function sendEach(bench: Bench, ...bodies: readonly string[]): Promise<void> {
  for (const body of bodies) {
    await bench.send(body);
    await bench.exporter.drained();
  }
}

describe('that records are refused', () => {
  test('is told by a notice, once for each status, however many there are', async () => {
    const backend = picky();
    const bench = await running(backend);
    await sendEach(bench, 'bad', '1', 'bad', 'big', 'bad', 'big');
    expect(backend.notices).toMatchObject([
      {
        eventName: 'riskpipe.notice',
        body: expect.stringMatching(
          /^the backend of out refuses records, with status 400; they are kept until the process ends/,
        ) as unknown,
        attributes: {
          'riskpipe.notice.kind': 'records_refused',
          'riskpipe.refused.status': 400,
          'riskpipe.refused.reason': '400 Bad Request from x: no',
          'riskpipe.refused.count': 1,
        },
      },
      { attributes: { 'riskpipe.refused.status': 413 } },
    ]);
    bench.balance();
    await bench.stop();
  });

  test('is told with where they are, as long as the store is there', async () => {
    const backend = picky();
    const lasting = Object.assign(new MemoryStore(), { durable: true });
    const bench = await running(backend, {}, new TestHost(lasting));
    await sendEach(bench, 'bad', '1');
    const where = 'kept as dead letters, which "riskpipe dead list" shows';
    expect(backend.notices[0]?.body).toContain(`; they are ${where}. This is told once`);
    expect(bench.host.problems.get('out: dead letters')).toBe(`1 records were refused and are ${where}`);
    await bench.stop();
  });

  test('is told again only after all of them were dealt with, over a restart as well', async () => {
    const first = await running(picky());
    await sendEach(first, 'bad', 'bad');
    await first.stop();
    const backend = picky();
    const second = await running(backend, {}, first.host);
    await sendEach(second, 'bad');
    expect(backend.notices).toEqual([]);
    const letters = [];
    for await (const some of deadLetters(first.host.store, 'out')) letters.push(...some);
    await dropLetters(first.host.store, letters.slice(1));
    await sendEach(second, 'bad');
    expect(backend.notices).toEqual([]);
    const left = [];
    for await (const some of deadLetters(first.host.store, 'out')) left.push(...some);
    await dropLetters(first.host.store, left);
    await sendEach(second, 'bad');
    expect(backend.notices).toHaveLength(1);
    await second.stop();
  });

  test('is told to nobody by a backend that refuses the notice as well, and makes no further one', async () => {
    const bench = await running({ deliver: async () => refused });
    await sendEach(bench, '1', '2');
    expect(bench.host.counters('out')).toEqual({ records: 3, dead: 3 });
    await bench.stop();
  });

  test('makes no record of a replay', async () => {
    const host: TestHost = Object.assign(new TestHost(), { mode: 'replay' as const });
    const bench = await running(picky(), {}, host);
    await sendEach(bench, 'bad', '1');
    expect(bench.host.counters('out')).toEqual({ records: 2, delivered: 1, dead: 1 });
    await bench.stop();
  });

  test('is in health until they are dealt with, also after a restart', async () => {
    const problem = '1 records were refused and are kept until the process ends, for nothing is stored';
    const first = await running(picky());
    await sendEach(first, 'bad', '1');
    expect([...first.host.problems]).toEqual([['out: dead letters', problem]]);
    await first.stop();
    expect(first.host.problems.size).toBe(0);
    const second = await running(picky(), {}, first.host);
    expect([...second.host.problems]).toEqual([['out: dead letters', problem]]);
    await second.stop();
  });
});
