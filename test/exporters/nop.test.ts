import { expect, test } from 'vitest';
import { nop } from '../../src/exporters/nop.ts';
import { settings } from '../settings.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { riskEvent } from './risk-event.ts';

test('counts records as delivered with the batch that made them, and owes nothing', async () => {
  const host = new TestHost();
  const exporter = await nop.create(settings('nop'), nop.schema.parse({}));
  await exporter.start(host);
  await host.send(exporter, [riskEvent(), riskEvent()]);
  await host.send(exporter, [riskEvent()]);
  await exporter.drained();
  expect(host.counters('nop')).toEqual({ delivered: 3, records: 3 });
  expect(host.store.length('outbox/nop')).toBe(0);
  await exporter.shutdown(AbortSignal.timeout(1_000));
});

test('has no options', () => {
  expect(nop.schema.safeParse({ path: 'x' }).success).toBe(false);
});
