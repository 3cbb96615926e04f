import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClosedOutputError } from '../../../src/pipeline/outbox/closed-output-error.ts';
import type { Outcome } from '../../../src/pipeline/outbox/destination.ts';
import { until } from '../../e2e/until.ts';
import { Backend, Bench, delivered, high, low, options, running } from '../outbox-bench.ts';
import { TestHost } from '../test-host.ts';

const partial: Outcome = { kind: 'partial', reason: 'not 1 of its records', status: 200 };

describe('after a partial success', () => {
  test('nothing of it is sent again, and the next records go one by one for a while', async () => {
    const backend = new Backend((bodies) => (bodies.includes('bad') ? partial : delivered));
    const bench = new Bench(backend, { maxRecords: 4 });
    await bench.send('1', 'bad', '2', '3', '4', 'bad', '5');
    await bench.exporter.start(bench.host);
    await bench.exporter.drained();
    expect(backend.requests).toEqual([['1', 'bad', '2', '3'], ['4'], ['bad'], ['5']]);
    expect(await bench.dead()).toEqual(['1', 'bad', '2', '3', 'bad']);
    expect(bench.host.counters('out')).toEqual({ records: 8, delivered: 3, dead: 5 });
    expect(bench.host.problems.get('out')).toBe('not 1 of its records');
    await bench.stop();
  });

  test('health is good and requests are large again once enough were taken', async () => {
    const backend = new Backend((_, attempt) => (attempt === 1 ? partial : delivered));
    const bench = new Bench(backend, { maxRecords: 10, quota: { records: 1_000, bytes: 1e6 } });
    await bench.send(...Array.from({ length: 94 }, (_, index) => String(index)));
    await bench.exporter.start(bench.host);
    await bench.exporter.drained();
    expect(backend.requests.map(({ length }) => length)).toEqual([10, ...Array(64).fill(1), 10, 10]);
    expect(bench.host.problems.get('out')).toBeUndefined();
    await bench.stop();
  });
});

describe('a parked queue', () => {
  const parked: Outcome = { kind: 'park', reason: '401 Unauthorized' };

  test('sends nothing but empty requests until one is taken; sending again is counted', async () => {
    const answers: Outcome[] = [parked, { kind: 'wait', reason: 'down' }, delivered];
    const asked: string[] = [];
    let refusing = true;
    const bench = await running({
      deliver: async (records) => {
        asked.push(`deliver ${records.length}`);
        return refusing ? parked : delivered;
      },
      probe: async () => {
        asked.push('probe');
        const answer = answers.shift() ?? delivered;
        refusing = answer.kind !== 'delivered';
        return answer;
      },
    });
    await bench.send('1', '2');
    await bench.exporter.drained();
    expect(asked).toEqual(['deliver 2', 'probe', 'probe', 'probe', 'deliver 2']);
    expect(bench.host.counters('out')).toEqual({ records: 2, delivered: 2, parked_resend: 2 });
    expect(bench.host.problems.size).toBe(0);
    await bench.stop();
  });

  test('is not dead, says why, and is red at once', async () => {
    const bench = await running({ deliver: async () => parked }, { probeMs: 300_000 });
    await bench.send('1');
    await bench.logged('error: parked: 401 Unauthorized; 1 records wait; asks again in 5m');
    expect(bench.host.problems.get('out')).toBe('401 Unauthorized');
    expect(bench.host.counters('out')).toEqual({ records: 1 });
    await bench.stop();
    expect(bench.host.store.length('outbox/out')).toBe(1);
  });

  test('sends at once what it has when somebody may have mended it, without an empty request', async () => {
    let answer: Outcome = { ...parked, afterMs: 480_000 };
    const asked: string[] = [];
    const bench = await running({
      deliver: async (records) => {
        asked.push(`deliver ${records.length}`);
        return answer;
      },
      probe: async () => {
        asked.push('probe');
        return answer;
      },
    });
    await bench.send('1', '2');
    await bench.logged('asks again in 8m');
    answer = delivered;
    bench.exporter.tryNow();
    await bench.exporter.drained();
    expect(asked).toEqual(['deliver 2', 'deliver 2']);
    expect(bench.host.counters('out')).toEqual({ records: 2, delivered: 2, parked_resend: 2 });
    expect(bench.host.problems.size).toBe(0);
    await bench.stop();
  });

  test('is parked again when nothing was mended', async () => {
    const backend = new Backend(() => parked);
    const bench = await running(backend, { probeMs: 3_600_000 });
    await bench.send('1');
    await bench.logged('parked');
    bench.exporter.tryNow();
    await until(
      () => bench.log.lines.filter((line) => line.includes('parked: 401')).length === 2,
      () => bench.log.lines.join(),
    );
    expect(backend.requests).toHaveLength(2);
    await bench.stop();
  });

  test('stays away as long as the backend asks', async () => {
    const bench = await running({ deliver: async () => ({ ...parked, afterMs: 480_000 }) });
    await bench.send('1');
    expect(await bench.logged('asks again in 8m')).toBe(true);
    await bench.stop();
  });
});

test('a wait that the backend did not ask for ends when somebody may have mended it', async () => {
  for (const [afterMs, requests] of [
    [undefined, 2],
    [3_600_000, 1],
  ] as const) {
    const backend = new Backend((_, attempt) =>
      attempt === 1 ? { kind: 'wait', reason: 'down', ...(afterMs && { afterMs }) } : delivered,
    );
    const retry = { initialMs: 3_600_000, multiplier: 1, randomization: 0, maxMs: 3_600_000 };
    const bench = await running(backend, { retry });
    await bench.send('1');
    await bench.logged('next try in 1h');
    bench.exporter.tryNow();
    if (afterMs === undefined) await bench.exporter.drained();
    expect(backend.requests).toHaveLength(requests);
    await bench.stop();
  }
});

test('where nobody takes anything any more, a sidecar says so and goes on, and a replay ends', async () => {
  const closed: Outcome = { kind: 'closed', reason: 'nobody reads' };
  for (const mode of ['run', 'replay'] as const) {
    const host: TestHost = Object.assign(new TestHost(), { mode });
    const bench = await running(new Backend(() => closed), {}, host);
    await bench.send('1');
    if (mode === 'run') {
      await bench.logged('error: delivers nothing until a restart: nobody reads; 1 records wait');
      expect([host.problems.get('out'), host.failures]).toEqual(['nobody reads', []]);
    } else {
      await expect(bench.exporter.drained()).rejects.toThrow(ClosedOutputError);
      expect(host.failures).toHaveLength(1);
    }
    expect(bench.exporter.waiting()).toBe(1);
    await bench.stop();
  }
});

test('health says nothing of a failure that may pass, until it has lasted a minute', async () => {
  const bench = await running(new Backend(() => ({ kind: 'wait', reason: 'down', afterMs: 59_000 })));
  await bench.send('1');
  await bench.logged('next try in 59s');
  expect(bench.host.problems.size).toBe(0);
  await bench.stop();
});

test('high and critical records leave before the others, each class in order', async () => {
  const backend = new Backend();
  const bench = new Bench(backend, { maxRecords: 2 });
  await bench.sendAs(low, '1', '2', '3');
  await bench.sendAs(high, 'a', 'b', 'c');
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(backend.requests).toEqual([['a', 'b'], ['c'], ['1', '2'], ['3']]);
  await bench.stop();
});

test('a high record does not wait for a request to be divided to its end', async () => {
  const backend = new Backend((bodies) =>
    bodies.includes('1') ? { kind: 'refused', reason: 'no' } : delivered,
  );
  const bench = new Bench(backend);
  await bench.sendAs(low, '1', '2', '3', '4');
  let sent = false;
  const { answer } = backend;
  backend.answer = async (bodies, attempt, signal) => {
    if (!sent) await bench.sendAs(high, 'a');
    sent = true;
    return answer(bodies, attempt, signal);
  };
  await bench.exporter.start(bench.host);
  await bench.exporter.drained();
  expect(backend.requests.slice(0, 3)).toEqual([['1', '2', '3', '4'], ['a'], ['1', '2']]);
  await bench.stop();
});

test('an exporter that cannot deliver does not hold another', async () => {
  const dead = await running(new Backend(() => ({ kind: 'wait', reason: 'down', afterMs: 3_600_000 })));
  const backend = new Backend();
  const alive = new Bench(backend, {}, dead.host, 'other');
  await alive.exporter.start(alive.host);
  for (const body of ['1', '2', '3']) {
    await dead.send(body);
    await alive.send(body);
    await alive.exporter.drained();
  }
  expect(backend.requests.flat()).toEqual(['1', '2', '3']);
  expect([dead.exporter.waiting(), alive.exporter.waiting()]).toEqual([3, 0]);
  await dead.stop();
  await alive.stop();
});

test('whatever the backend answers, every record is delivered or set aside, each class in order', async () => {
  const kinds = ['delivered', 'partial', 'refused', 'too large', 'wait', 'park', 'throw'] as const;
  const outcomes = fc.array(fc.constantFrom(...kinds), { maxLength: 20 });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      outcomes,
      fc.integer({ min: 1, max: 5 }),
      fc.nat(12),
      async (script, maxRecords, total) => {
        const taken: string[] = [];
        const backend = new Backend((bodies, attempt) => {
          const kind = script[attempt - 1] ?? 'delivered';
          seen.add(kind);
          if (kind === 'throw') throw new Error('cut');
          if (kind === 'delivered') taken.push(...bodies);
          return { kind, reason: kind };
        });
        const bench = new Bench(backend, {
          maxRecords,
          probeMs: 0,
          retry: { ...options.retry, initialMs: 0, maxMs: 0 },
        });
        const bodies = Array.from({ length: total }, (_, index) => String(index).padStart(2, '0'));
        for (const body of bodies) await bench.sendAs(Number(body) % 3 === 0 ? high : low, body);
        await bench.exporter.start(bench.host);
        await bench.exporter.drained();
        await bench.stop();
        bench.balance();
        // Neither stubs nor notices.
        const isSent = (body: string): boolean => bodies.includes(body);
        const dead = (await bench.dead()).map(String).filter(isSent);
        const whole = taken.filter(isSent);
        expect([...whole, ...dead].sort()).toEqual(bodies);
        for (const urgent of [true, false]) {
          const ofClass = whole.filter((body) => (Number(body) % 3 === 0) === urgent);
          expect(ofClass).toEqual([...ofClass].sort());
        }
      },
    ),
    { seed: 9, numRuns: 200 },
  );
  expect([...seen].sort()).toEqual([...kinds].sort());
});

test('stopping ends a parked queue at once', async () => {
  const bench = await running(
    { deliver: async () => ({ kind: 'park', reason: '403' }) },
    { probeMs: 3_600_000 },
  );
  await bench.send('1');
  await until(
    () => bench.host.problems.size > 0,
    () => 'not parked',
  );
  await bench.stop();
  expect([bench.exporter.waiting(), bench.host.problems.size]).toEqual([1, 0]);
});
