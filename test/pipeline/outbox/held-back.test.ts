import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/pipeline/outbox/destination.ts';
import { until } from '../../e2e/until.ts';
import { Backend, Bench, delivered, high, low, running } from '../outbox-bench.ts';

const broken: Outcome = { kind: 'park', reason: '500 Internal Server Error' };

/** A backend that takes empty requests, and no request with one of `poison` in it. */
class Poisoned extends Backend {
  readonly taken: string[] = [];

  constructor(poison: Set<string>) {
    super((bodies) => {
      if (bodies.some((body) => poison.has(body))) return broken;
      this.taken.push(...bodies);
      return delivered;
    });
  }

  async probe(): Promise<Outcome> {
    return delivered;
  }
}

/** Resolves when `backend` has taken so many records. */
const took = (backend: Poisoned, records: number): Promise<boolean> =>
  until(
    () => backend.taken.length >= records,
    () => `${records} records; there are ${backend.taken.join(' ')}`,
  );

/** How often a record was sent that had been sent before. */
const again = ({ requests }: Poisoned): number => requests.flat().length - new Set(requests.flat()).size;

describe('a record that is answered with 500 each time', () => {
  test('is held back, and what lies behind it is delivered in order', async () => {
    const backend = new Poisoned(new Set(['3']));
    const bench = await running(backend);
    await bench.send('1', '2', '3', '4', '5', '6');
    await took(backend, 5);
    await bench.send('7');
    await took(backend, 6);
    expect(backend.taken).toEqual(['1', '2', '4', '5', '6', '7']);
    expect(bench.log.lines.join()).toContain(
      'held back 1 record: 500 Internal Server Error; others go past it',
    );
    expect(bench.host.problems.get('out')).toBe('1 records are held back: 500 Internal Server Error');
    expect([bench.exporter.waiting(), await bench.dead()]).toEqual([1, []]);
    bench.balance();
    await bench.stop();
  });

  test('alone in the queue does not hold what comes later', async () => {
    const backend = new Poisoned(new Set(['bad']));
    const bench = await running(backend);
    await bench.send('bad');
    await bench.logged('held back 1 record');
    await bench.sendAs(low, '1');
    await bench.sendAs(high, 'a');
    await took(backend, 2);
    expect(backend.taken.toSorted()).toEqual(['1', 'a']);
    await bench.stop();
  });

  test('is tried again, and leaves once it is taken', async () => {
    const poison = new Set(['bad']);
    const backend = new Poisoned(poison);
    const bench = await running(backend);
    await bench.send('bad', '1');
    await took(backend, 1);
    poison.clear();
    await bench.exporter.drained();
    expect(backend.taken).toEqual(['1', 'bad']);
    expect(bench.host.problems.size).toBe(0);
    expect(bench.host.counters('out')).toEqual({ records: 2, delivered: 2, parked_resend: again(backend) });
    await bench.stop();
  });

  test('is the first again after a restart', async () => {
    const backend = new Poisoned(new Set(['bad']));
    const bench = await running(backend, { probeMs: 3_600_000 });
    await bench.send('bad', '1');
    await bench.logged('asks again in 1h');
    bench.exporter.tryNow();
    await bench.stop();
    const healed = new Poisoned(new Set());
    const again = await running(healed, {}, bench.host);
    await again.exporter.drained();
    expect(healed.taken).toEqual(['bad', '1']);
    await again.stop();
  });
});

test('sending a record again that is held back is counted, but not behind an answer that lets it be tried again, nor its stub', async () => {
  const down: Outcome = { kind: 'wait', reason: '503 Service Unavailable' };
  const tooLarge: Outcome = { kind: 'too large', reason: '413 Content Too Large' };
  const backend = new Poisoned(new Set());
  const answers = [broken, broken, broken, down, down, tooLarge];
  backend.answer = () => answers.shift() ?? delivered;
  const bench = await running(backend);
  await bench.send('1');
  await bench.exporter.drained();
  expect(backend.requests).toHaveLength(7);
  expect(bench.host.counters('out')).toMatchObject({ dead: 1, stubs: 1, parked_resend: 3 });
  await bench.stop();
});

test('while everything but an empty request is answered with 500 nothing is lost, and all leave afterwards', async () => {
  let isDown = true;
  const backend = new Poisoned(new Set());
  const { answer } = backend;
  backend.answer = (...given) => (isDown ? broken : answer(...given));
  const bench = await running(backend);
  await bench.send('1', '2', '3', '4');
  await bench.logged('held back 1 record');
  isDown = false;
  await bench.exporter.drained();
  expect(backend.taken.toSorted()).toEqual(['1', '2', '3', '4']);
  expect(bench.host.counters('out')).toEqual({ records: 4, delivered: 4, parked_resend: again(backend) });
  await bench.stop();
});

test('wherever such records are, all others are delivered, each class in order, and none twice', async () => {
  const sizes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(19), { maxLength: 4 }),
      fc.integer({ min: 1, max: 8 }),
      async (places, maxRecords) => {
        sizes.add(places.length);
        const poison = new Set(places.map((place) => String(place).padStart(2, '0')));
        const backend = new Poisoned(poison);
        const retry = { initialMs: 0, multiplier: 1, randomization: 0, maxMs: 0 };
        const bench = new Bench(backend, { maxRecords, probeMs: 0, retry });
        const bodies = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, '0'));
        for (const body of bodies) await bench.sendAs(Number(body) % 3 === 0 ? high : low, body);
        await bench.exporter.start(bench.host);
        await took(backend, 20 - poison.size);
        await bench.stop();
        bench.balance();
        for (const urgent of [true, false]) {
          const isOfClass = (body: string): boolean => (Number(body) % 3 === 0) === urgent;
          const wanted = bodies.filter((body) => isOfClass(body) && !poison.has(body));
          expect(backend.taken.filter(isOfClass)).toEqual(wanted);
        }
        expect(bench.exporter.waiting()).toBe(poison.size);
      },
    ),
    { seed: 23, numRuns: 60 },
  );
  expect([...sizes].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});
