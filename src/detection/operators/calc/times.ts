import { applyRelativeTime, parseRelativeTime } from '../../plan/relative-time.ts';
import { onValues, type CalcBuilder } from './calc-builder.ts';
import { textIn } from './conversions.ts';
import { prepared } from './prepared.ts';
import { printTime } from './print-time.ts';
import { readTime } from './read-time.ts';
import { parseTimeFormat } from './time-format.ts';
import { secondsOf, timeIn } from './time-value.ts';

/** Functions of time, in seconds since 1970-01-01 UTC. Null for what is no time, no format or not of the years 1 to 9999. */
export const times = {
  /** In whole seconds, as Splunk has it. */
  now: onValues((_, { now }) => Number(now / 1_000_000_000n)),
  strftime: ([value, format], compile) => {
    const time = value && compile(value);
    const parts = prepared(format, compile, parseTimeFormat);
    return (columns, at) => {
      const given = timeIn(time?.(columns, at));
      const by = parts(columns, at);
      return given === undefined || by === undefined ? null : printTime(given, by);
    };
  },
  strptime: ([value, format], compile) => {
    const text = value && compile(value);
    const parts = prepared(format, compile, parseTimeFormat);
    return (columns, at) => {
      const given = textIn(text?.(columns, at));
      const by = parts(columns, at);
      const time = given === undefined || by === undefined ? undefined : readTime(given, by, at.now);
      return time === undefined ? null : secondsOf(time);
    };
  },
  relative_time: ([value, modifier], compile) => {
    const time = value && compile(value);
    const relative = prepared(modifier, compile, parseRelativeTime);
    return (columns, at) => {
      const given = timeIn(time?.(columns, at));
      const by = relative(columns, at);
      return given === undefined || by === undefined ? null : secondsOf(applyRelativeTime(by, given));
    };
  },
} as const satisfies Readonly<Record<string, CalcBuilder>>;
