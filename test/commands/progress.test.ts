import { expect, test } from 'vitest';
import { progressText, showProgress } from '../../src/commands/progress.ts';
import type { Receiver } from '../../src/pipeline/component.ts';

for (const [what, progress, seconds, text] of [
  [
    'half way',
    { lines: 4_300_000, bytes: 5e8, behind: 5e8 },
    2,
    '50 %   4,300,000 lines   250.0 MB/s   2 s left',
  ],
  ['before the first line', { lines: 0, bytes: 0, behind: 1e9 }, 1, '0 %   0 lines   0.0 MB/s'],
  ['nothing to do', { lines: 0, bytes: 0, behind: 0 }, 0, '100 %   0 lines   0.0 MB/s'],
  ['at the end', { lines: 10, bytes: 1e6, behind: 0 }, 4, '100 %   10 lines   0.3 MB/s   0 s left'],
] as const) {
  test(`${what}: ${text}`, () => expect(progressText(progress, seconds)).toBe(text));
}

test('the summary counts from the given start', () => {
  const receiver: Receiver = {
    kind: 'tail',
    start: async () => {},
    shutdown: async () => {},
    progress: () => ({ lines: 4_300, bytes: 1e6, behind: 0 }),
  };
  const none = new Map();
  const graph = {
    receivers: new Map([['tail', receiver]]),
    processors: none,
    exporters: none,
    extensions: none,
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const hour = 3_600_000;
  const progress = showProgress(
    { graph: { ...graph, pipelines: none, entrances: none } },
    log,
    performance.now() - hour,
  );
  progress.end();
  expect(progress.summary()).toMatch(/^read 4,300 lines in 36\d\d\.\d\d s \(0\.0 MB\/s\)$/);
});
