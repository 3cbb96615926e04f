import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Processor, Receiver } from '../../src/pipeline/component.ts';
import type { Pipeline } from '../../src/service/graph.ts';
import { ticking } from '../../src/service/ticking.ts';
import { until } from '../e2e/until.ts';
import { TestHost } from '../pipeline/test-host.ts';

const part = { start: async () => {}, shutdown: async () => {} };

const pipelineOf = (processor: Processor, receiver: Receiver): Pipeline => ({
  sources: ['tail'],
  chain: ['processor'],
  receivers: [receiver],
  processors: [processor],
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('wall time waits for a receiver that has something left to hand on', async () => {
  let current = false;
  let ticks = 0;
  let looks = 0;
  const processor: Processor = { ...part, consume: async () => {}, tick: async () => ++ticks < 3 };
  const receiver: Receiver = { ...part, kind: 'tail', isCurrent: () => (looks++, current) };
  const stop = ticking(pipelineOf(processor, receiver), new TestHost());
  await vi.advanceTimersByTimeAsync(1_250);
  expect({ looks, ticks }).toEqual({ looks: 3, ticks: 0 });
  current = true;
  // What did not fit into one unit of work is gone on with at once.
  await vi.advanceTimersByTimeAsync(50);
  vi.useRealTimers();
  await until(
    () => ticks >= 3,
    () => `${ticks} ticks`,
  );
  await stop();
});

test('a tick that fails does not end the ticking', async () => {
  let ticks = 0;
  const processor: Processor = {
    ...part,
    consume: async () => {},
    tick: async () => {
      if (++ticks === 1) throw new Error('no room');
      return false;
    },
  };
  const stop = ticking(pipelineOf(processor, { ...part, kind: 'listen' }), new TestHost());
  await vi.advanceTimersByTimeAsync(2_500);
  expect(ticks).toBe(2);
  await stop();
});
