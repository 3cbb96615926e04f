import { expect, onTestFinished, test } from 'vitest';
import { zpages } from '../../src/extensions/zpages.ts';
import type { HealthReport } from '../../src/pipeline/component.ts';
import type { PipelineView } from '../../src/pipeline/pipeline-view.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';

const health: HealthReport = {
  status: 'unhealthy',
  since: '2026-04-12T12:00:00Z',
  reasons: [{ component: 'otlp_http', problem: '<script>alert(1)</script>', since: '2026-04-12T12:00:00Z' }],
};
const pipelines: readonly PipelineView[] = [
  {
    id: 'logs',
    receivers: [{ id: 'file_log/"&\u001b[2J', counts: { lines: 51 } }],
    processors: [{ id: 'detection', counts: { evaluated: 50, malformed: 1 } }],
    exporters: [{ id: 'otlp_http', counts: {} }],
  },
];

/** The page of a running extension, for who wants `accept`. */
async function ask(accept: string, path = '/debug/pipelines') {
  const log = new RecordingLogger();
  const config = zpages.schema.parse({ endpoint: '127.0.0.1:0' });
  const extension = await zpages.create(settings('zpages', { log }), config);
  extension.observe?.(() => health);
  extension.inspect?.(() => pipelines);
  await extension.start(new TestHost());
  onTestFinished(() => extension.shutdown(AbortSignal.timeout(1_000)));
  const url = /http:\S+/.exec(log.lines.join('\n'))?.[0] ?? '';
  return fetch(new URL(path, url), { headers: { Accept: accept } });
}

test('it shows pipelines, counters and health as JSON', async () => {
  const answer = await ask('*/*');
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toEqual({ health, pipelines });
});

test('a browser gets HTML, in which nothing of others is markup', async () => {
  const answer = await ask('text/html,application/xhtml+xml,*/*;q=0.8');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const page = await answer.text();
  expect(page).toContain('<td>detection</td><td>evaluated 50, malformed 1</td>');
  expect(page).toContain(String.raw`file_log/&quot;&amp;\u{1b}[2J`);
  expect(page).toContain('&lt;script&gt;alert(1)');
  expect(page).not.toMatch(/<script|src=|href=/);
});

test('there is nothing at other paths', async () => {
  expect((await ask('*/*', '/')).status).toBe(404);
});

for (const [endpoint, accepted] of [
  [undefined, true],
  ['[::1]:55680', true],
  ['0.0.0.0:55680', false],
  [':55680', false],
  ['everywhere', false],
] as const) {
  test(`endpoint ${endpoint ?? 'left out'}: ${accepted ? 'taken' : 'refused'}`, () => {
    expect(zpages.schema.safeParse({ ...(endpoint && { endpoint }) }).success).toBe(accepted);
  });
}
