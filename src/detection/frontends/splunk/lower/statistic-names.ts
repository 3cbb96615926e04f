import { isStatisticName, statistics } from '../../../plan/statistics.ts';
import type { StatisticName } from '../../../plan/transform.ts';

/** What a function of `stats` is; `percent` for percentiles. */
export interface NamedStatistic {
  readonly of: StatisticName;
  readonly percent: number | undefined;
}

/** Other names of statistics. */
const aliases: ReadonlyMap<string, StatisticName> = new Map<string, StatisticName>([
  ['c', 'count'],
  ['distinct_count', 'dc'],
  ['mean', 'avg'],
]);

/** Statistics of Splunk that we do not have; percentiles without their number. */
const missing: ReadonlySet<string> = new Set([
  'earliest_time',
  'estdc_error',
  'exactperc',
  'latest_time',
  'per_day',
  'per_hour',
  'per_minute',
  'per_second',
  'rate',
  'rate_avg',
  'rate_sum',
  'stdevp',
  'sumsq',
  'upperperc',
  'varp',
]);

/** Names to write in a search, as documentation lists them. */
export const statisticNames: readonly string[] = [
  ...Object.keys(statistics).map((name) => (name === 'perc' ? 'perc<N>' : name)),
  ...aliases.keys(),
  'p<N>',
];

/** The statistic that a name in lower case means; undefined if there is none. */
export function namedStatistic(name: string): NamedStatistic | undefined {
  const of = aliases.get(name) ?? name;
  if (of !== 'perc' && isStatisticName(of)) return { of, percent: undefined };
  const written = /^p(?:erc)?(\d{1,3}(?:\.\d{1,6})?)$/.exec(name)?.[1];
  const percent = Number(written);
  return percent <= 100 ? { of: 'perc', percent } : undefined;
}

/** True for a name of a statistic that Splunk has and we do not. */
export const isMissingStatistic = (name: string): boolean => missing.has(name.replace(/\d+(?:\.\d+)?$/, ''));
