import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Mode } from '../../../src/detection/plan/plan.ts';
import { runSearch, type SearchRun } from './run-search.ts';
import { at, comparable, comparableRows, type PlainRow } from './search-case.ts';

type Events = readonly Readonly<Record<string, unknown>>[];

/** A search over the same events in both modes. */
function both(
  search: string,
  events: Events,
  file: Readonly<Record<string, unknown>> = {},
): Readonly<Record<Mode, SearchRun>> {
  const run = (mode: Mode): SearchRun =>
    runSearch({ search: `\`kube_audit\` ${search}`, events }, mode, file);
  return { streaming: run('streaming'), scheduled: run('scheduled') };
}

/** The rows of both modes, which are not the same. */
function expectRows(
  { streaming, scheduled }: Readonly<Record<Mode, SearchRun>>,
  rows: Readonly<Record<Mode, readonly PlainRow[]>>,
): void {
  expect(comparable(streaming.rows)).toEqual(comparableRows(rows.streaming));
  expect(comparable(scheduled.rows)).toEqual(comparableRows(rows.scheduled));
  expect(comparable(streaming.rows)).not.toEqual(comparable(scheduled.rows));
}

const scheduling = (earliest_time: string, latest_time: string): Readonly<Record<string, unknown>> => ({
  deployment: {
    scheduling: { cron_schedule: '0 * * * *', earliest_time, latest_time, schedule_window: 'auto' },
  },
});

/** By the name that docs/splunk.md has for it: the table there has a row for each, and the other way round. */
const differences: Readonly<Record<string, () => void>> = {
  'when a row leaves': () => {
    const events = [
      { user: 'ada', stageTimestamp: at('13:00') },
      { user: 'ada', stageTimestamp: at('13:10') },
    ];
    const { streaming, scheduled } = both('user=* | stats count by user', events);
    const told = ({ findings }: SearchRun): readonly unknown[] =>
      findings.map(({ kind, time }) => [kind, new Date(Number(time / 1_000_000n)).toISOString()]);
    expect(told(streaming)).toEqual([['first', '2026-04-12T13:00:00.000Z']]);
    expect(told(scheduled)).toEqual([['close', '2026-04-12T13:10:00.000Z']]);
  },

  'what a statistic holds': () => {
    const events = [
      { user: 'ada', verb: 'get' },
      { user: 'ada', verb: 'list' },
      { user: 'ada', verb: 'watch' },
    ];
    expectRows(both('| stats count values(verb) as verbs by user | where count > 1', events), {
      streaming: [{ user: 'ada', count: '2', verbs: ['get', 'list'] }],
      scheduled: [{ user: 'ada', count: '3', verbs: ['get', 'list', 'watch'] }],
    });
  },

  'a condition that later events undo': () => {
    const events = [{ user: 'ada' }, { user: 'ada' }];
    expectRows(both('| stats count by user | where count < 2', events), {
      streaming: [{ user: 'ada', count: '1' }],
      scheduled: [],
    });
  },

  'fillnull, and a "by" field that no event of the window has': () => {
    expectRows(both('| fillnull | stats count by user uid', [{ user: 'ada' }]), {
      streaming: [{ user: 'ada', uid: '0', count: '1' }],
      scheduled: [],
    });
  },

  'fillnull, and a measured field that no event of the window has': () => {
    expectRows(both('| fillnull | stats values(uid) as uids by user', [{ user: 'ada' }]), {
      streaming: [{ user: 'ada', uids: '0' }],
      scheduled: [{ user: 'ada' }],
    });
  },

  'fillnull, and a result that shows all fields': () => {
    const fields = '| fields verb user note | fields - _raw _time | fillnull';
    const events = [
      { verb: 'get', user: 'ada' },
      { verb: 'get', note: 'n' },
    ];
    expectRows(both(fields, events), {
      streaming: [
        { verb: 'get', user: 'ada' },
        { verb: 'get', note: 'n' },
      ],
      scheduled: [
        { verb: 'get', user: 'ada', note: '0' },
        { verb: 'get', user: '0', note: 'n' },
      ],
    });
  },

  'rename with "*", and an event that lacks the field': () => {
    const events = [
      { user: 'ada', object: { kind: 'Pod' } },
      { user: 'bob', kind: 'Event' },
    ];
    expectRows(both('| rename object.* as * | stats count by user kind', events), {
      streaming: [
        { user: 'ada', kind: 'Pod', count: '1' },
        { user: 'bob', kind: 'Event', count: '1' },
      ],
      scheduled: [{ user: 'ada', kind: 'Pod', count: '1' }],
    });
  },

  'an event that is in several groups': () => {
    const events = [{ user: 'ada', sourceIPs: ['10.0.0.1', '34.1.1.1'] }];
    expectRows(both('| stats count by user sourceIPs{}', events), {
      streaming: [{ user: 'ada', 'sourceIPs{}': ['10.0.0.1', '34.1.1.1'], count: '1' }],
      scheduled: [
        { user: 'ada', 'sourceIPs{}': '10.0.0.1', count: '1' },
        { user: 'ada', 'sourceIPs{}': '34.1.1.1', count: '1' },
      ],
    });
  },

  'an event of which some groups have left': () => {
    const events = [{ sourceIPs: ['10.0.0.1'] }, { sourceIPs: ['10.0.0.1', '34.1.1.1'] }];
    expectRows(both('| stats count by sourceIPs{}', events), {
      streaming: [
        { 'sourceIPs{}': '10.0.0.1', count: '1' },
        { 'sourceIPs{}': '34.1.1.1', count: '1' },
      ],
      scheduled: [
        { 'sourceIPs{}': '10.0.0.1', count: '2' },
        { 'sourceIPs{}': '34.1.1.1', count: '1' },
      ],
    });
  },

  'stats without "by" over no events': () => {
    expectRows(both('verb=list | stats count | where count = 0', [{ verb: 'get' }]), {
      streaming: [],
      scheduled: [{ count: '0' }],
    });
  },

  'first and last of events that come out of order': () => {
    const events = [
      { user: 'ada', verb: 'newer', stageTimestamp: at('13:10') },
      { user: 'ada', verb: 'older', stageTimestamp: at('13:00') },
    ];
    expectRows(both('| stats count first(verb) as verb by user | where count = 2', events), {
      streaming: [{ user: 'ada', count: '2', verb: 'older' }],
      scheduled: [{ user: 'ada', count: '2', verb: 'newer' }],
    });
  },

  'the order of findings': () => {
    const { streaming, scheduled } = both('| stats count by user | sort 0 user', [
      { user: 'bob' },
      { user: 'ada' },
    ]);
    const users = ({ rows }: SearchRun): readonly unknown[] => rows.map((row) => row.get('user')?.[0]);
    expect(users(streaming)).toEqual(['bob', 'ada']);
    expect(users(scheduled)).toEqual(['ada', 'bob']);
  },

  'an event that comes after its window has run': () => {
    const events = [
      { user: 'ada', stageTimestamp: at('13:00') },
      { user: 'ada', stageTimestamp: at('15:30') },
      { user: 'bob', stageTimestamp: at('13:01') },
    ];
    const { streaming, scheduled } = both('| stats count by user', events);
    const late = ({ findings }: SearchRun): readonly unknown[] =>
      findings.filter(({ columns }) => columns.get('user')?.[0] === 'bob').map((finding) => finding.late);
    expect(late(streaming)).toEqual([true]);
    expect([late(scheduled), scheduled.late]).toEqual([[], 1]);
  },

  'an event that lies in several windows': () => {
    const { streaming, scheduled } = both(
      '| stats count by user',
      [{ user: 'ada' }],
      scheduling('-3h@h', 'now'),
    );
    expect([streaming.findings.length, scheduled.findings.length]).toEqual([1, 3]);
  },

  'an event that lies between two windows': () => {
    const events = [{ user: 'ada', stageTimestamp: at('13:10') }];
    const { streaming, scheduled } = both('| stats count by user', events, scheduling('-30m@m', 'now'));
    expect([streaming.findings.length, scheduled.findings.length]).toEqual([1, 0]);
  },

  'a search whose rows need the whole window': () => {
    for (const search of [
      '| stats count by user verb | stats count by user',
      '| eventstats count by user',
      '| dedup user',
      '| head 1',
      '| top user',
      '| rare user',
      '| sort user',
      '| sort 0 user | stats first(user) as user by verb',
      '| stats values(user) as user by verb | mvexpand user',
    ]) {
      const { streaming, scheduled } = both(search, [{ user: 'ada', verb: 'get' }]);
      expect([search, streaming.plan.mode]).toEqual([search, 'scheduled']);
      expect(comparable(streaming.rows)).toEqual(comparable(scheduled.rows));
      expect(streaming.rows.length).toBeGreaterThan(0);
    }
  },

  'a threshold in windows that overlap': () => {
    const search = '| stats count by user | where count > 1';
    const events = [{ user: 'ada' }, { user: 'ada' }];
    const { streaming, scheduled } = both(search, events, scheduling('-3h@h', 'now'));
    expect(streaming.plan.mode).toBe('scheduled');
    expect([streaming.findings.length, scheduled.findings.length]).toEqual([3, 3]);
  },
};

/** The first cells of the table of differences. */
function documented(): readonly string[] {
  const page = readFileSync('docs/splunk.md', 'utf8');
  const [, table = ''] = /<!-- differences -->\s*((?:\|.*\n)+)/.exec(page) ?? [];
  const [, , ...rows] = table.trim().split('\n');
  return rows.map((row) => (row.split(/(?<!\\)\|/)[1] ?? '').trim().replaceAll('\\', ''));
}

test('docs/splunk.md lists these differences of the modes, and no others', () => {
  expect(documented()).toEqual(Object.keys(differences));
});

describe('the modes differ in', () => {
  for (const [name, run] of Object.entries(differences)) {
    test(name, () => {
      run();
      expect.hasAssertions();
    });
  }
});
