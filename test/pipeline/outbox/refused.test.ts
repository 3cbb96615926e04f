import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/pipeline/outbox/destination.ts';
import { Backend, Bench, delivered } from '../outbox-bench.ts';

const refused: Outcome = { kind: 'refused', reason: '400: no', status: 400 };

/** Sends `total` records at once to a backend that takes no request with one of `poison` in it. */
async function sendPoisoned(
  total: number,
  poison: ReadonlySet<string>,
): Promise<{ bench: Bench; backend: Backend; taken: readonly string[] }> {
  const taken: string[] = [];
  const backend = new Backend((bodies) => {
    if (bodies.some((body) => poison.has(body))) return refused;
    taken.push(...bodies);
    return delivered;
  });
  const bench = new Bench(backend, { maxRecords: 1_000, quota: { records: 1_000, bytes: 1e6 } });
  await bench.send(...Array.from({ length: total }, (_, index) => String(index)));
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  bench.balance();
  await bench.stop();
  return { bench, backend, taken };
}

/** The same to a backend that says at which index of the request it is. */
async function sendTold(
  total: number,
  poison: ReadonlySet<number>,
  say: (bodies: readonly string[]) => number,
): Promise<{ bench: Bench; backend: Backend; requests: number }> {
  const backend = new Backend((bodies) =>
    bodies.some((body) => poison.has(Number(body))) ? { ...refused, at: say(bodies) } : delivered,
  );
  const bench = new Bench(backend, { maxRecords: 1_000, quota: { records: 1_000, bytes: 1e6 } });
  await bench.send(...Array.from({ length: total }, (_, index) => String(index)));
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  bench.balance();
  await bench.stop();
  return { bench, backend, requests: backend.requests.length };
}

test('one poisonous record in 400, wherever it is, takes at most 2 log2 n + 1 requests', async () => {
  const most = 2 * Math.log2(400) + 1;
  for (const at of [0, 1, 24, 25, 99, 199, 200, 312, 398, 399]) {
    const { bench, backend } = await sendPoisoned(400, new Set([String(at)]));
    expect(backend.requests.length).toBeLessThanOrEqual(most);
    expect(await bench.dead()).toEqual([String(at)]);
  }
});

test('only poisonous records are set aside, the others are delivered in order, in few requests', async () => {
  const places = fc.uniqueArray(fc.nat(399), { minLength: 1, maxLength: 5 });
  const sizes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(places, async (found) => {
      const poison = new Set(found.map(String));
      const { bench, backend, taken } = await sendPoisoned(400, poison);
      sizes.add(poison.size);
      const all = Array.from({ length: 400 }, (_, index) => String(index));
      expect(taken).toEqual(all.filter((body) => !poison.has(body)));
      expect(await bench.dead()).toEqual(all.filter((body) => poison.has(body)));
      expect(backend.requests.length).toBeLessThanOrEqual(poison.size * 2 * Math.log2(400) + 1);
    }),
    { seed: 17, numRuns: 60 },
  );
  expect([...sizes].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
});

test('a backend that says which record it refuses is asked three times more, wherever the record is', async () => {
  for (const at of [0, 1, 200, 398, 399]) {
    const { bench, backend, requests } = await sendTold(400, new Set([at]), (bodies) =>
      bodies.indexOf(String(at)),
    );
    expect(requests).toBeLessThanOrEqual(4);
    expect(backend.requests).toContainEqual([String(at)]);
    expect(await bench.dead()).toEqual([String(at)]);
  }
});

test.each([[-1], [0], [7], [1_000], [0.5]])(
  'a backend that always says %d costs a few requests, and no record that is good',
  async (said) => {
    const { bench, requests } = await sendTold(400, new Set([25, 312]), () => said);
    expect(await bench.dead()).toEqual(['25', '312']);
    expect(requests).toBeLessThanOrEqual(2 * 2 * Math.log2(400) + 4);
  },
);

test('no record is set aside that was not refused by itself', async () => {
  for (const total of [1, 2, 3, 5, 8, 13]) {
    for (let at = 0; at < total; at++) {
      const { backend } = await sendPoisoned(total, new Set([String(at)]));
      expect(backend.requests).toContainEqual([String(at)]);
    }
  }
});

test('a failure in the middle goes on where it was, and a restart begins with what is left', async () => {
  const taken: string[] = [];
  const backend = new Backend((bodies, attempt) => {
    if (attempt === 3) return { kind: 'wait', reason: 'busy' };
    if (bodies.includes('5')) return refused;
    taken.push(...bodies);
    return delivered;
  });
  const bench = new Bench(backend);
  await bench.send('1', '2', '3', '4', '5', '6', '7', '8');
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(taken).toEqual(['1', '2', '3', '4', '6', '7', '8']);
  expect(backend.requests.slice(1, 4)).toEqual([
    ['1', '2', '3', '4'],
    ['5', '6'],
    ['5', '6'],
  ]);
  expect(await bench.dead()).toEqual(['5']);
  await bench.stop();
});

describe('what is too large', () => {
  const tooLarge: Outcome = { kind: 'too large', reason: '413: big', status: 413 };

  test('is halved, and what fits leaves in order', async () => {
    const taken: string[] = [];
    const backend = new Backend((bodies) => {
      if (bodies.length > 3) return tooLarge;
      taken.push(...bodies);
      return delivered;
    });
    const bench = new Bench(backend, { maxRecords: 8 });
    const bodies = Array.from({ length: 20 }, (_, index) => String(index));
    await bench.send(...bodies);
    await bench.exporter.start(bench.host);
    await bench.exporter.drained();
    expect(taken).toEqual(bodies);
    expect(bench.host.counters('out')).toEqual({ records: 20, delivered: 20 });
    // What was learned is remembered: not every request begins with one that is refused.
    expect(backend.requests.filter(({ length }) => length > 3).length).toBeLessThan(5);
    await bench.stop();
  });

  test('by itself is set aside, and a stub goes in its place', async () => {
    const big = 'x'.repeat(500);
    const seen: unknown[] = [];
    const bench = new Bench({
      deliver: async (records) => {
        if (records.some(({ body }) => body === big)) return tooLarge;
        seen.push(...records.filter(({ eventName }) => eventName !== 'riskpipe.notice'));
        return delivered;
      },
    });
    const attributes = { 'log.record.uid': 'u1', 'security_rule.name': 'rule', 'finding.fields': { a: 'b' } };
    await bench.sendAs({ attributes, severityNumber: 13 }, 'before', big, 'after');
    await bench.exporter.start(bench.host);
    await bench.exporter.drained();
    expect(seen).toMatchObject([{ body: 'before' }, {}, { body: 'after' }]);
    expect(seen[1]).toMatchObject({
      severityNumber: 13,
      body: expect.stringMatching(/^a record of \d+ bytes is larger than the backend takes/) as unknown,
      attributes: {
        'log.record.uid': 'u1',
        'security_rule.name': 'rule',
        'riskpipe.original.size': expect.any(Number) as unknown,
        'riskpipe.original.hash': expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      },
    });
    expect(JSON.stringify(seen[1], (_, value) => (typeof value === 'bigint' ? '' : value))).not.toContain(
      'finding.fields',
    );
    expect(await bench.dead()).toEqual([big]);
    expect(bench.host.counters('out')).toEqual({ records: 4, delivered: 3, dead: 1, stubs: 1 });
    await bench.stop();
  });

  test('even as a stub is set aside all the same', async () => {
    const bench = new Bench({ deliver: async () => tooLarge });
    await bench.send('1');
    await bench.exporter.start(bench.host);
    await bench.exporter.drained();
    // The record, and the notice that tells of it.
    expect(bench.host.counters('out')).toEqual({ records: 2, dead: 2 });
    await bench.stop();
  });
});
