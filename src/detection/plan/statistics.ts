import type { StatisticName } from './transform.ts';

/** Every statistic, and what it is of a group of rows, for documentation (spec/spl.md §3.2). */
export const statistics: Readonly<Record<StatisticName, string>> = {
  count: 'how many rows there are; of a field, how many values',
  dc: 'how many distinct values there are',
  estdc: 'how many distinct values there are, about',
  values: 'the distinct values, sorted by their bytes',
  list: 'the values in the order of the rows, at most 100',
  min: 'the least value: by number if all values are numbers, else by bytes',
  max: 'the greatest value: by number if all values are numbers, else by bytes',
  sum: 'the sum of the values that are numbers',
  avg: 'the mean of the values that are numbers',
  first: 'the value of the first row; rows come newest first',
  last: 'the value of the last row; rows come newest first',
  earliest: 'the value of the row with the earliest event time',
  latest: 'the value of the row with the latest event time',
  mode: 'the most frequent value',
  median: 'the middle one of the values that are numbers',
  perc: 'the value that a percentage of the numbers does not exceed',
  range: 'the greatest number less the least',
  stdev: 'the standard deviation of the numbers as a sample',
  var: 'the variance of the numbers as a sample',
};

export const isStatisticName = (name: string): name is StatisticName => Object.hasOwn(statistics, name);
