import { z } from 'zod';
import { realWaitingTime } from '../../util/duration.ts';
import { alwaysOn } from './always-on.ts';

/** `retry_on_failure` (spec/collector.md §4.1), with our own `probe_interval`; times in milliseconds. */
export const retry = z
  .strictObject({
    enabled: alwaysOn('records are never given up, so they are always tried again'),
    initial_interval: realWaitingTime.prefault('5s').describe('Wait after the first failure.'),
    randomization_factor: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('How far chance moves each wait: 0.5 is half to one and a half times as long.'),
    multiplier: z.number().min(1).default(1.5).describe('How much longer each wait is than the one before.'),
    max_interval: realWaitingTime
      .prefault('30s')
      .describe('The longest wait, unless the backend asks for more.'),
    probe_interval: realWaitingTime
      .prefault('5m')
      .describe(
        'How long to wait before an empty request asks again after an answer such as 401, 404 or 500 that only a person can mend, and between tries of records that are held back.',
      ),
  })
  .refine((times) => times.max_interval >= times.initial_interval, {
    path: ['max_interval'],
    message: 'is shorter than "initial_interval"',
  });
