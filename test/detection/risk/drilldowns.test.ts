import { expect, test } from 'vitest';
import type { Drilldown } from '../../../src/detection/plan/plan.ts';
import type { Message } from '../../../src/detection/plan/message.ts';
import { riskRecords } from '../../../src/detection/risk/risk-records.ts';
import { finding, plan } from './finding.ts';

const place = (column: string): { readonly column: string; readonly written: string } => ({
  column,
  written: `$${column}$`,
});

function drilldown(search: Message): Drilldown {
  return {
    name: ['Results for ', place('user')],
    search,
    earliest: [place('info_min_time')],
    latest: [place('info_max_time')],
  };
}

/** The drilldowns of a finding whose user is `user`, one list a record. */
function drilldownsOf(search: Message, user: readonly string[]): readonly unknown[] {
  const about = { ...plan.about, drilldowns: [drilldown(search)] };
  const columns = new Map([...finding().columns, ['user', user]]);
  const found = finding({ plan: { ...plan, about }, columns });
  return riskRecords(found, { cluster: '', observedTime: 0n }).map(
    ({ attributes }) => attributes['riskpipe.drilldowns'],
  );
}

test('a drilldown comes along with its places filled', () => {
  expect(drilldownsOf(['search | search user = ', place('user'), ' x=', place('nobody')], ['jane'])).toEqual([
    [
      {
        name: 'Results for jane',
        search: 'search | search user = jane x=$nobody$',
        earliest: '1775995200',
        latest: '1775998800',
      },
    ],
  ]);
});

test('each risk event looks for its own risk object', () => {
  const searches = drilldownsOf(['user=', place('user')], ['jane', 'joe']).map(
    (list) => (list as readonly { readonly search: string }[])[0]?.search,
  );
  expect(searches).toEqual(['user=jane', 'user=joe']);
});

test.each([
  ['system:node:n1', 'user=system:node:n1'],
  ['a b', 'user="a b"'],
  ['x | delete', 'user="x \\| delete"'],
  ['a" OR user="*', 'user="a\\" OR user=\\"*"'],
  ['`macro`', 'user=" macro "'],
  ['[search x]', 'user=" search x "'],
])('the value %j cannot become a part of the search', (user, search) => {
  expect(drilldownsOf(['user=', place('user')], [user])).toMatchObject([[{ search }]]);
});

test('inside quotes a value stays inside', () => {
  expect(drilldownsOf(['user="', place('user'), '" x'], ['a" | delete'])).toMatchObject([
    [{ search: 'user="a\\" \\| delete" x' }],
  ]);
});

test('annotations come along, and none is no attribute', () => {
  const about = { ...plan.about, annotations: { nist: ['DE.AE'], cis20: ['CIS 13'] } };
  const [record] = riskRecords(finding({ plan: { ...plan, about } }), { cluster: '', observedTime: 0n });
  expect(record?.attributes['riskpipe.annotations']).toEqual({ nist: ['DE.AE'], cis20: ['CIS 13'] });
  const [plain] = riskRecords(finding(), { cluster: '', observedTime: 0n });
  expect(Object.keys(plain?.attributes ?? {}).filter((name) => /annotations|drilldowns/.test(name))).toEqual(
    [],
  );
});
