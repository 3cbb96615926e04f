import { expect, test } from 'vitest';
import type { Processor, Receiver } from '../../src/pipeline/component.ts';
import type { Pipeline } from '../../src/service/graph.ts';
import { ticking } from '../../src/service/ticking.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { until } from '../e2e/until.ts';

const part = { start: async () => {}, shutdown: async () => {} };

const pipelineOf = (processor: Processor, receiver: Receiver): Pipeline => ({
  sources: ['tail'],
  chain: ['processor'],
  receivers: [receiver],
  processors: [processor],
});

test('wall time waits for a receiver that has something left to hand on', async () => {
  let current = false;
  let ticks = 0;
  let looks = 0;
  const processor: Processor = { ...part, consume: async () => {}, tick: async () => ++ticks < 3 };
  const receiver: Receiver = { ...part, kind: 'tail', isCurrent: () => (looks++, current) };
  const stop = ticking(pipelineOf(processor, receiver), new TestHost());
  await until(
    () => looks >= 3,
    () => `${looks} looks`,
  );
  expect(ticks).toBe(0);
  current = true;
  // What did not fit into one unit of work is gone on with at once.
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
  await until(
    () => ticks >= 2,
    () => `${ticks} ticks`,
  );
  await stop();
});
