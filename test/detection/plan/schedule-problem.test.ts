import { expect, test } from 'vitest';
import { scheduleProblem } from '../../../src/detection/plan/schedule-problem.ts';

for (const [cron, earliest, latest, problem] of [
  ['0 * * * *', '-70m@m', '-10m@m', undefined],
  ['0 * * * *', '-24h', 'now', undefined],
  ['*/5 * * * *', '-10m@m', '-5m@m', undefined],
  ['0 6 * * 1', '-1w@w1', '@w1', undefined],
  ['0 0 1 * *', '-1mon@mon', '@mon', undefined],
  ['* * * * *', '-200m@m', '@m', undefined],
  [
    'every hour',
    '-70m@m',
    '-10m@m',
    'cron "every hour" cannot be read; write five fields (minute, hour, day, month, weekday) such as "0 * * * *"',
  ],
  ['0 0 30 2 *', '-70m@m', '-10m@m', 'cron "0 0 30 2 *" names a day that never comes'],
  [
    '0 * * * *',
    '70m',
    'now',
    'earliest "70m" is not a relative time; write one such as "-70m@m", in minutes (m), hours (h), days (d) or weeks (w)',
  ],
  [
    '0 * * * *',
    '-70m',
    'rt',
    'latest "rt" is not a relative time; write one such as "-70m@m", in minutes (m), hours (h), days (d) or weeks (w)',
  ],
  [
    '0 * * * *',
    '0',
    'now',
    'earliest "0" is the same time in every run, so windows would have no end; write a relative time such as "-24h@h"',
  ],
  ['0 * * * *', '-10m', '-70m', 'earliest "-10m" is not before latest "-70m"'],
  ['0 * * * *', 'now', 'now', 'earliest "now" is not before latest "now"'],
  [
    '0 * * * *',
    '-10m',
    '+10m',
    'latest "+10m" lies in the future of a run, which cannot see what has not happened; write "now" or less',
  ],
  [
    '* * * * *',
    '-201m@m',
    '@m',
    'an event would be in more than 200 windows; run less often than "* * * * *", or look back less far than "-201m@m"',
  ],
  [
    '0 * * * *',
    '-30d',
    'now',
    'an event would be in more than 200 windows; run less often than "0 * * * *", or look back less far than "-30d"',
  ],
] as const) {
  test(`"${cron}" from ${earliest} to ${latest}: ${problem === undefined ? 'no problem' : 'a problem'}`, () => {
    expect(scheduleProblem({ cron, earliest, latest })).toBe(problem);
  });
}
