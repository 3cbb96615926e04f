import { expect, test } from 'vitest';
import { report } from '../../src/service/counts.ts';
import { equations, type Equation } from '../../src/service/equations.ts';
import { attend } from '../../src/store/attendance.ts';
import { count } from '../../src/store/counter.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { State } from '../../src/store/store.ts';

const pipelines = new Map([
  ['logs', { receivers: ['file_log'], processors: ['detection'], exporters: ['otlp_http'] }],
]);
const parts = {
  receivers: new Map([['file_log', 0]]),
  processors: new Map([['logs:detection', 0]]),
  exporters: new Map([['otlp_http', 0]]),
};

/** The equations of a store that `write` has written to; those that do not hold, by name. */
async function sums(write: (state: State) => void): Promise<readonly Equation[]> {
  const store = new MemoryStore();
  const work = store.begin();
  for (const [id, name, amount] of [
    ['file_log', 'lines', 10],
    ['file_log', 'oversize', 1],
    ['logs:detection', 'evaluated', 7],
    ['logs:detection', 'malformed', 2],
    ['logs:detection', 'detection/pulls/unmatched', 4],
    ['logs:detection', 'detection/pulls/allowed', 1],
    ['logs:detection', 'detection/pulls/counted', 2],
    ['logs:detection', 'detection/pulls/findings', 3],
    ['logs:detection', 'detection/pulls/emitted', 2],
    ['logs:detection', 'detection/pulls/suppressed', 1],
    ['otlp_http', 'records', 6],
    ['otlp_http', 'delivered', 1],
    ['otlp_http', 'dead', 1],
    ['otlp_http', 'dropped', 1],
    ['otlp_http', 'suppressed', 1],
  ] as const)
    count(work, id, name, amount);
  work.enqueue('outbox/otlp_http', 'row');
  work.enqueue('urgent/otlp_http', 'row');
  write(work);
  await work.commit();
  return equations(pipelines, report(parts, store), store);
}

const wrong = (all: readonly Equation[]): readonly string[] =>
  all.filter(({ holds }) => !holds).map(({ what }) => what);

test('lines, detections and exporters each have theirs, and what is accounted for holds', async () => {
  const all = await sums(() => {});
  expect(all.map(({ what, total }) => [what, total])).toEqual([
    ['logs: lines read', 10],
    ['pulls: lines evaluated', 7],
    ['pulls: findings', 3],
    ['otlp_http: records', 6],
  ]);
  expect(all[0]?.parts).toEqual({ evaluated: 7, malformed: 2, oversize: 1 });
  expect(wrong(all)).toEqual([]);
});

for (const [what, id, name, unequal] of [
  ['a line that nobody evaluated', 'file_log', 'lines', ['logs: lines read']],
  ['a line of a detection too many', 'logs:detection', 'detection/pulls/counted', ['pulls: lines evaluated']],
  ['a finding that went nowhere', 'logs:detection', 'detection/pulls/findings', ['pulls: findings']],
  ['a record that went nowhere', 'otlp_http', 'records', ['otlp_http: records']],
] as const) {
  test(`${what} shows`, async () => {
    expect(wrong(await sums((state) => count(state, id, name)))).toEqual(unequal);
  });
}

test('a detection accounts for the lines of its own time', async () => {
  const all = await sums((state) => {
    count(state, 'logs:detection', 'detection/late/unmatched', 3);
    attend(
      state,
      'logs:detection',
      ['late'],
      () => 4,
      () => false,
    );
  });
  expect(all.find(({ what }) => what === 'late: lines evaluated')).toMatchObject({ total: 3, holds: true });
  expect(wrong(all)).toEqual([]);
});
