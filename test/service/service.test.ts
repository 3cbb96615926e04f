import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { OwnLog } from '../../src/service/own-log.ts';
import { Service } from '../../src/service/service.ts';
import { until } from '../e2e/until.ts';
import { configOf, partsOf, type Journal } from './fake-parts.ts';

async function started(text: object, journal: Journal): Promise<Service> {
  const log = new OwnLog({ level: 'error', encoding: 'json' });
  const service = await Service.create(await configOf(text, partsOf(journal)), log, 'run');
  await service.start();
  return service;
}

describe('wall time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  for (const [what, receivers, processor] of [
    ['with a receiver that is behind', ['tail/stuck'], 'processor'],
    ['that has one such receiver of two', ['tail', 'tail/stuck'], 'processor'],
    ['with an exporter that is full', ['tail'], 'processor/full'],
  ] as const) {
    test(`stands still for a pipeline ${what}, and moves on for another`, async () => {
      const journal: Journal = [];
      const pipelines = {
        'logs/other': { receivers, processors: [processor], exporters: ['exporter'] },
        logs: { receivers: ['tail'], processors: ['processor'], exporters: ['exporter'] },
      };
      const service = await started(
        {
          receivers: { 'tail/stuck': { current: false }, tail: {} },
          processors: { 'processor/full': { trouble: 'full' }, processor: {} },
          exporters: { exporter: {} },
          service: { shutdown_timeout: '1ms', pipelines },
        },
        journal,
      );
      await vi.advanceTimersByTimeAsync(2_500);
      const ticks = journal.filter((entry) => entry.endsWith('ticks'));
      expect(ticks).toEqual(['logs:processor ticks', 'logs:processor ticks']);
      vi.useRealTimers();
      await service.stop();
    });
  }
});

/** The smallest pipeline, whose processor has these options. */
const oneWay = (processor: object = {}): object => ({
  receivers: { tail: {} },
  processors: { processor },
  exporters: { exporter: {} },
  service: {
    shutdown_timeout: '1ms',
    pipelines: { logs: { receivers: ['tail'], processors: ['processor'], exporters: ['exporter'] } },
  },
});

describe('a store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  for (const [trouble, ends] of [
    ['full', false],
    ['unusable', true],
  ] as const) {
    test(`that is ${trouble} ${ends ? 'ends the service' : 'is waited for'}`, async () => {
      const service = await started(oneWay({ trouble }), []);
      let failure: unknown;
      void service.failure.catch((error: unknown) => (failure = error));
      await vi.advanceTimersByTimeAsync(1_500);
      expect(failure !== undefined).toBe(ends);
      vi.useRealTimers();
      await service.stop();
    });
  }
});

test('after a reload wall time comes once a second, as before', async () => {
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers();
  const journal: Journal = [];
  const service = await started(oneWay(), journal);
  await service.reload(await configOf(oneWay(), partsOf(journal)));
  journal.length = 0;
  await vi.advanceTimersByTimeAsync(2_500);
  expect(journal).toEqual(['logs:processor ticks', 'logs:processor ticks']);
  vi.useRealTimers();
  await service.stop();
});

test('an end that takes many units of work leaves timers their turn, and a stop ends it', async () => {
  const journal: Journal = [];
  const service = await started(oneWay(), journal);
  void service.finish();
  // Polls by a timer, which would never come.
  await until(
    () => journal.includes('logs:processor closes'),
    () => 'an end that has begun',
  );
  await service.stop();
  const closed = journal.filter((entry) => entry.endsWith('closes')).length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(journal.filter((entry) => entry.endsWith('closes')).length - closed).toBeLessThanOrEqual(1);
});

describe('a stop', () => {
  afterEach(() => void vi.useRealTimers());

  for (const [timeout, halfMs] of [
    ['1s', 500],
    ['8s', 4_000],
  ] as const) {
    test(`with shutdown_timeout ${timeout} leaves a backend that is down ${halfMs} ms, then what listens stops`, async () => {
      const journal: Journal = [];
      const service = await started(
        {
          receivers: { listen: {}, tail: {} },
          exporters: { exporter: {} },
          service: {
            shutdown_timeout: timeout,
            pipelines: { logs: { receivers: ['listen', 'tail'], exporters: ['exporter'] } },
          },
        },
        journal,
      );
      vi.useFakeTimers();
      const stopped = service.stop();
      await vi.advanceTimersByTimeAsync(halfMs - 1);
      expect(journal).toEqual(['tail stops']);
      await vi.advanceTimersByTimeAsync(1);
      expect(await stopped).toBe(1);
      expect(journal).toEqual(['tail stops', 'listen stops', 'exporter stops']);
    });
  }
});
