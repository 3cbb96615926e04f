import { afterEach, expect, test, vi } from 'vitest';
import { debug } from '../../src/exporters/debug.ts';
import { settings } from '../settings.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { riskEvent } from './risk-event.ts';

afterEach(() => vi.restoreAllMocks());

/** What the exporter writes on standard output for one risk event. */
async function written(config: object): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk, encodingOrDone, done) => {
    text += String(chunk);
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    callback?.();
    return true;
  });
  const host = new TestHost();
  const exporter = await debug.create(settings('debug'), debug.schema.parse(config));
  await exporter.start(host);
  await host.send(exporter, [riskEvent()]);
  await exporter.drained();
  await exporter.shutdown(AbortSignal.timeout(1_000));
  vi.restoreAllMocks();
  expect(host.counters('debug')).toEqual({ records: 1, delivered: 1 });
  return text;
}

test('verbosity basic is a line of counts, normal an alert, detailed all there is', async () => {
  const basic = await written({ verbosity: 'basic' });
  const normal = await written({ verbosity: 'normal' });
  const detailed = await written({ verbosity: 'detailed' });
  expect(basic).toBe('1 record: 1 risk event\n');
  expect(normal).toMatch(/^RISK 20  Suspicious image/);
  expect(normal).not.toContain('security_rule.name');
  expect(detailed.startsWith(normal.trimEnd())).toBe(true);
  expect(detailed).toContain('security_rule.name');
});

test('verbosity is normal unless said otherwise', async () => {
  expect(await written({})).toBe(await written({ verbosity: 'normal' }));
});

test.each([[{ verbosity: 'loud' }], [{ verbosty: 'basic' }]])('%j is refused', (config) => {
  expect(debug.schema.safeParse(config).success).toBe(false);
});
