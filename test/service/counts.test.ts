import { expect, test } from 'vitest';
import { report, reportLines, shortReport } from '../../src/service/counts.ts';
import type { Graph } from '../../src/service/graph.ts';
import { count } from '../../src/store/counter.ts';
import { MemoryStore } from '../../src/store/memory.ts';

async function counted(): Promise<{ graph: Graph; store: MemoryStore }> {
  const store = new MemoryStore();
  const work = store.begin();
  count(work, 'file_log', 'lines', 1_234);
  count(work, 'logs:detection', 'evaluated', 1_230);
  count(work, 'logs:detection', 'malformed', 4);
  count(work, 'logs:detection', 'detection/pulls/allowed', 2);
  count(work, 'logs:detection', 'detection/pulls/findings', 3);
  count(work, 'logs:detection', 'allowlist/ours/0', 2);
  count(work, 'logs:detection', 'allowlist/ours/1/expired', 1);
  count(work, 'otlp_http', 'records', 3);
  count(work, 'otlp_http', 'delivered', 2);
  work.enqueue('outbox/otlp_http', 'row');
  await work.commit();
  const named = <T>(id: string): ReadonlyMap<string, T> => new Map([[id, undefined as T]]);
  const receiver = { kind: 'tail' as const, start: async () => {}, shutdown: async () => {} };
  const graph: Graph = {
    receivers: new Map([['file_log', receiver]]),
    processors: named('logs:detection'),
    exporters: named('otlp_http'),
    extensions: new Map(),
    pipelines: new Map(),
    entrances: new Map(),
  };
  return { graph, store };
}

test('the report groups what was counted by component, detection and allowlist entry', async () => {
  const { graph, store } = await counted();
  expect(report(graph, store)).toMatchObject({
    receivers: { file_log: { lines: 1_234, oversize: 0 } },
    processors: {
      'logs:detection': {
        lines: { evaluated: 1_230, malformed: 4 },
        detections: { pulls: { unmatched: 0, allowed: 2, findings: 3, suppressed: 0 } },
        allowlists: { ours: { '[0]': 2, '[1/expired]': 1 } },
      },
    },
    exporters: { otlp_http: { records: 3, delivered: 2, queued: 1, dead: 0 } },
  });
});

test('for people it is a line a part, aligned', async () => {
  const { graph, store } = await counted();
  const lines = reportLines(report(graph, store));
  expect(lines[0]).toBe('  file_log        lines 1,234   bytes 0   oversize 0');
  expect(lines.at(-1)).toBe('  otlp_http       records 3   delivered 2   queued 1   dead 0');
  expect(lines).toContain('  ours            [0] 2   [1/expired] 1');
});

test('in one line it says what one wants to know in passing', async () => {
  expect(shortReport(await counted())).toBe('1234 lines, 3 findings, 2 allowed, 1 undelivered, 4 malformed');
});
