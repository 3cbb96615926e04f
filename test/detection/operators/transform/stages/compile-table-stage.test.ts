import { expect, test } from 'vitest';
import { defaultLimits } from '../../../../../src/detection/operators/limits.ts';
import { compileTableStage } from '../../../../../src/detection/operators/transform/stages/compile-table-stage.ts';
import type { TableRow } from '../../../../../src/detection/operators/transform/table-row.ts';
import type { Stage } from '../../../../../src/detection/plan/transform.ts';
import { moment, tableOf, writtenRows, type Written } from '../table.ts';

const column = (name: string) => ({ kind: 'column', name }) as const;
const text = (value: string) => ({ kind: 'text', value }) as const;

const run = (rows: readonly Written[], ...stages: readonly Stage[]): readonly TableRow[] =>
  stages.reduce((table, stage) => compileTableStage(stage, defaultLimits)(table, moment), tableOf(rows));

const fill = { kind: 'fill', columns: undefined, value: '0' } as const;
const countBy = (...by: readonly string[]): Stage => ({
  kind: 'stats',
  by,
  measures: [{ as: 'count', of: 'count', value: undefined, percent: undefined }],
  join: false,
  distinct: false,
});

test('a missing field is filled from a sibling before rows are counted (trap 11)', () => {
  const rows = [{ 'objectRef.name': 'web', user: 'a' }, { user: 'b' }];
  expect(writtenRows(run(rows, fill, countBy('objectRef.name', 'user')))).toEqual([
    { 'objectRef.name': '0', user: 'b', count: '1' },
    { 'objectRef.name': 'web', user: 'a', count: '1' },
  ]);
});

test('with nobody to learn from no row is left (trap 12)', () => {
  expect(run([{ user: 'b' }], fill, countBy('objectRef.name', 'user'))).toEqual([]);
});

test('an access log goes through extraction, renaming, counting and a lookup-like filter', () => {
  const rows = [
    { _raw: '10.0.0.1 "GET /etc/passwd HTTP/1.1" 200 404' },
    { _raw: '10.0.0.1 "GET /etc/passwd HTTP/1.1" 200 404' },
    { _raw: '10.0.0.2 "GET / HTTP/1.1" 200 -' },
    { _raw: 'not an access log' },
  ];
  const pattern = '^(?P<remote_addr>\\S+) "(?P<request>[^"]*)" (?P<status>\\S*) (?P<upstream_status>\\S*)';
  const made = run(
    rows,
    { kind: 'extract', column: '_raw', pattern, matches: 1 },
    {
      kind: 'rename',
      pairs: [
        { from: 'remote_addr', to: 'src_ip' },
        { from: 'upstream_status', to: 'status' },
      ],
    },
    { kind: 'extend', columns: [{ as: 'phase', value: text('operate') }] },
    countBy('src_ip', 'status', 'phase', 'request'),
    { kind: 'keep', where: { kind: 'call', name: 'like', args: [column('request'), text('%passwd%')] } },
    { kind: 'project', how: 'table', columns: ['src_ip', 'status', 'count'] },
  );
  // The status is that of the upstream (trap 24).
  expect(writtenRows(made)).toEqual([{ src_ip: '10.0.0.1', status: '404', count: '2' }]);
  expect(made[0]?.trace).toMatchObject({ events: 2, from: '0', to: '1' });
});

test('a result is sorted, expanded, deduplicated, ranked and cut', () => {
  const made = run(
    [{ a: ['y', 'x'] }, { a: 'x' }, { a: 'z', b: '1' }, {}],
    { kind: 'expand', column: 'a', limit: undefined },
    { kind: 'filter', where: { kind: 'and', items: [] } },
    {
      kind: 'rank',
      order: 'top',
      columns: ['a'],
      by: [],
      limit: undefined,
      countAs: 'n',
      percentAs: undefined,
    },
    { kind: 'dedup', count: 1, by: ['n'], keepEmpty: false, consecutive: false, order: [] },
    { kind: 'sort', keys: [{ column: 'n', descending: false, as: 'number' }], limit: undefined },
    { kind: 'head', count: 1 },
  );
  expect(writtenRows(made)).toEqual([{ a: 'y', n: '1' }]);
});

test('a wildcard rename looks at the whole result set (trap 25)', () => {
  const made = run([{ 'object.kind': 'Event', kind: 'List' }, { kind: 'List' }], {
    kind: 'rename',
    pairs: [{ from: 'object.*', to: '*' }],
  });
  expect(writtenRows(made)).toEqual([{ kind: 'Event' }, {}]);
});

test('a fill of listed columns creates them in every row', () => {
  expect(writtenRows(run([{}, { a: 'x' }], { kind: 'fill', columns: ['a'], value: '0' }))).toEqual([
    { a: '0' },
    { a: 'x' },
  ]);
});
