import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Backend, Bench, delivered, high, low, options } from '../outbox-bench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

// spec/reliability.md B1, in virtual time.
test('an hour without a backend at five alerts a second: few attempts, and all of it arrives, each class in order', async () => {
  let down = true;
  const backend = new Backend(() => (down ? { kind: 'wait', reason: 'down' } : delivered));
  const retry = { initialMs: 5_000, multiplier: 1.5, randomization: 0.5, maxMs: 30_000 };
  const bench = new Bench(backend, {
    ...options,
    maxRecords: 512,
    flushMs: 200,
    quota: { records: 100_000, bytes: 1e9 },
    retry,
  });
  await bench.exporter.start(bench.host);
  for (let second = 0; second < 3_600; second++) {
    const names = [0, 1, 2, 3].map((index) => String(second * 5 + index));
    await bench.sendAs(low, ...names);
    await bench.sendAs(high, String(second * 5 + 4));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(bench.exporter.waiting()).toBe(18_000);
  expect(bench.host.problems.get('out')).toBe('down');
  // A wait is 15 s at the least once they have grown.
  expect(backend.requests.length).toBeLessThan(3_600 / 15 + 10);
  expect(backend.requests.length).toBeGreaterThan(3_600 / 45);

  down = false;
  const attempts = backend.requests.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bench.exporter.waiting()).toBe(0);
  const arrived = backend.requests.slice(attempts).flat().map(Number);
  const urgent = arrived.filter((name) => name % 5 === 4);
  expect(arrived.slice(0, 3_600)).toEqual(urgent);
  expect(arrived).toHaveLength(18_000);
  for (const ofClass of [urgent, arrived.slice(3_600)]) {
    expect(ofClass).toEqual([...ofClass].sort((a, b) => a - b));
  }
  expect(bench.host.problems.size).toBe(0);
  expect(bench.host.counters('out')).toEqual({ records: 18_000, delivered: 18_000 });
  await bench.stop();
});
