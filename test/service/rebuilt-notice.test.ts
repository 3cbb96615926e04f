import { expect, test } from 'vitest';
import { tellRebuilt } from '../../src/service/rebuilt-notice.ts';
import { noteRebuilt } from '../../src/store/rebuilt.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { RecordingLogger } from '../recording-logger.ts';

test('that the store was rebuilt is told once, at a later start if it cannot be told at this one', async () => {
  const host = new TestHost();
  const log = new RecordingLogger();
  const told: unknown[] = [];
  const exporter = {
    start: async () => {},
    shutdown: async () => {},
    waiting: () => 0,
    drained: async () => {},
    consume: async () => void told.push('notice'),
  };
  const start = (): Promise<void> => tellRebuilt(host, [exporter], log);
  await start();
  expect(told).toEqual([]);
  const facts = { at: '2026-04-12T12:00:00Z', damage: 'a table is cut', kept: 'corrupt-1', told: false };
  await host.work(async ({ state }) => noteRebuilt(state, facts));
  host.failingCommits = 1;
  await start();
  expect(log.lines).toEqual([
    'warn: that the store was rebuilt is told at the next start: ENOSPC: no space left on device',
  ]);
  await start();
  await start();
  expect([told.length, log.lines.length]).toEqual([2, 1]);
});
