import type { Plan, Window } from '../../src/detection/plan/plan.ts';
import type { Schedule, Stage } from '../../src/detection/plan/transform.ts';
import { aggregate, at, atLeast, by, is, measure, ms, planOf, tumbling } from './engine-fixture.ts';
import { above, count, fill, filter, searchOf, statistic, stats } from './search-fixture.ts';

export const measures = [
  measure('count'),
  measure('values', 'x'),
  measure('distinct', 'x'),
  measure('last', 'x'),
];
const session: Window = { kind: 'session', gap: ms('2m'), lateness: ms('1m') };
const sliding: Window = { kind: 'sliding', length: ms('2m'), lateness: ms('1m') };
export const tumble = tumbling('5m', '1m');
export const groups = [by('u'), by('sourceIPs', '-')];

const everyFive: Schedule = { cron: '*/5 * * * *', earliest: '-6m@m', latest: '-1m@m' };
const overlapping: Schedule = { cron: '*/5 * * * *', earliest: '-11m@m', latest: '-1m@m' };
const bySource = stats(['u', 'sourceIPs{}'], [count, statistic('values', 'x'), statistic('first', 'x')]);
const expand: Stage = { kind: 'expand', column: 'sourceIPs{}', limit: undefined };

/** Searches of every kind. */
const searches: readonly Plan[] = [
  searchOf([fill, stats(['u', 'sourceIPs{}'], [count, statistic('values', 'x')])], { id: 'held' }, everyFive),
  searchOf([bySource, above('count', 1)], { id: 'listed' }, everyFive),
  searchOf([stats([])], { id: 'nothing' }, everyFive),
  searchOf([{ kind: 'head', count: 3 }], { id: 'head' }, overlapping),
  searchOf([fill, bySource, filter('u', 'c', true)], { id: 'stream', mode: 'streaming' }, everyFive),
  searchOf([bySource, above('count', 1)], { id: 'threshold', mode: 'streaming' }, everyFive),
  searchOf([expand, filter('u', 'c', true)], { id: 'rows', mode: 'streaming' }, everyFive),
];

/** Ids of those for which a row more never takes a finding away. */
export const growing: ReadonlySet<string> = new Set([
  'plain',
  'first',
  'both',
  'session',
  'sliding',
  'scheduled',
  'listed',
  'stream',
  'threshold',
]);

/** Plans of every kind. */
export const plans: readonly Plan[] = [
  planOf([], { id: 'plain' }),
  planOf([aggregate({ by: groups, measures, window: tumble })], { id: 'first' }),
  planOf([aggregate({ by: groups, measures, window: tumble, emit: 'close' })], { id: 'close' }),
  planOf([aggregate({ by: groups, measures, window: tumble, emit: 'both' }), atLeast('count', 2)], {
    id: 'both',
  }),
  planOf([aggregate({ by: groups, measures, window: session, emit: 'both' })], { id: 'session' }),
  planOf([aggregate({ by: groups, measures, window: sliding }), atLeast('count', 2)], { id: 'sliding' }),
  planOf([aggregate({ by: groups, measures, window: tumble })], { id: 'scheduled', mode: 'scheduled' }),
  planOf([aggregate({ by: groups, window: tumble }), { kind: 'suppress', by: ['u'], period: ms('7m') }], {
    id: 'suppressed',
  }),
  planOf(
    [
      {
        kind: 'allow',
        entries: [
          {
            allowlist: 'l',
            index: 0,
            where: is('u', 'a'),
            owner: '',
            reason: '',
            expires: at('12:10'),
          },
        ],
      },
      aggregate({ by: groups, window: tumble }),
    ],
    { id: 'allowing' },
  ),
  ...searches,
];
