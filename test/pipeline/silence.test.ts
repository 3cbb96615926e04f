import { expect, test } from 'vitest';
import { Silence } from '../../src/pipeline/silence.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { RecordingConsumer } from '../recording-consumer.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { TestHost } from './test-host.ts';

const silenceMs = 300_000;

/** A run of a receiver on a store that may be that of an earlier one. */
function scene(store = new MemoryStore(), given = silenceMs) {
  const next = new RecordingConsumer();
  const host = new TestHost(store);
  const clock = { ms: 0 };
  const silence = new Silence(
    {
      receiver: 'file_log',
      silenceMs: given,
      resource: { attributes: { 'k8s.cluster.name': 'c' } },
      next,
      log: new RecordingLogger(),
      clock: () => clock.ms,
    },
    host,
  );
  const after = (ms: number, lines: number): Promise<void> => {
    clock.ms += ms;
    return silence.look(lines);
  };
  const kinds = (): readonly unknown[] =>
    next.records.map(({ attributes }) => attributes['riskpipe.notice.kind']);
  return { after, kinds, next, host, store };
}

test('a silence is told once, and so is its end', async () => {
  const { after, kinds, next } = scene();
  await after(0, 10);
  await after(silenceMs - 1, 10);
  expect(kinds()).toEqual([]);
  await after(1, 10);
  await after(10 * silenceMs, 10);
  expect(kinds()).toEqual(['log_silent']);
  await after(1, 11);
  await after(1, 12);
  expect(kinds()).toEqual(['log_silent', 'log_heard_again']);
  expect(next.records[0]?.body).toMatch(/^file_log: no line has come for 5m; look whether/);
});

test('each silence is one of its own', async () => {
  const { after, kinds, next, host } = scene();
  for (let lines = 0; lines < 3; lines++) {
    await host.work(async ({ state }) => state.put('counter/file_log', 'lines', lines));
    await after(1, lines);
    await after(silenceMs, lines);
  }
  expect(kinds()).toEqual(['log_silent', 'log_heard_again', 'log_silent', 'log_heard_again', 'log_silent']);
  expect(new Set(next.records.map(({ attributes }) => attributes['log.record.uid'])).size).toBe(5);
});

test('a restart in a silence does not tell it again, and lines after it end it', async () => {
  const { after, store } = scene();
  await after(0, 0);
  await after(silenceMs, 0);
  const second = scene(store);
  await second.after(0, 0);
  await second.after(2 * silenceMs, 0);
  expect(second.kinds()).toEqual([]);
  await second.after(1, 5);
  expect(second.kinds()).toEqual(['log_heard_again']);
});

test('a notice that could not be stored is told later', async () => {
  const { after, kinds, host, next } = scene();
  await after(0, 0);
  host.failingCommits = 1;
  await after(silenceMs, 0);
  expect(host.store.get('silence/file_log', 'lines')).toBeUndefined();
  next.records.length = 0;
  await after(1, 0);
  expect(kinds()).toEqual([]);
  await after(silenceMs, 0);
  expect(kinds()).toEqual(['log_silent']);
});

test('an end that could not be stored is told at the next look, though no line came since', async () => {
  const { after, kinds, host, next } = scene();
  await after(0, 10);
  await after(silenceMs, 10);
  next.records.length = 0;
  host.failingCommits = 1;
  await after(1, 11);
  next.records.length = 0;
  await after(1, 11);
  await after(1, 11);
  expect(kinds()).toEqual(['log_heard_again']);
});

test('with 0 nothing is ever told', async () => {
  const { after, kinds } = scene(new MemoryStore(), 0);
  await after(0, 0);
  await after(100 * silenceMs, 0);
  expect(kinds()).toEqual([]);
});
