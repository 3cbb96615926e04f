import { z } from 'zod';

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;
const whole = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/** "1m30s" in milliseconds; undefined if it is none. Units as in Go, and `d`; "0" needs no unit. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!whole.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(part)) {
    total += Number(amount) * (milliseconds[unit ?? ''] ?? 0);
  }
  return total;
}

/** 90000 as "1m30s". */
export function formatDuration(ms: number): string {
  let rest = ms;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const size = milliseconds[unit] ?? 1;
    const amount = unit === 'ms' ? rest : Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text || '0s';
}

/** A duration of a configuration file: text such as `250ms` or `1m30s`, in milliseconds once parsed. */
export const duration = z
  .string({
    error: (issue) => `${quoted(issue.input)} is not a duration; write a number and ms, s, m, h or d`,
  })
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue(`"${text}" is not a duration; write a number and ms, s, m, h or d`);
    return z.NEVER;
  })
  .meta({ title: 'duration' });

function quoted(input: unknown): string {
  return JSON.stringify(input) ?? 'nothing';
}

/** The longest time that a timer of Node can wait, in milliseconds; it makes 1 of what is longer. */
export const longestTimer = 2 ** 31 - 1;

/** A duration that a timer can wait for, or none. */
export const waitingTime = duration.refine((ms) => ms <= longestTimer, 'must be at most 24d');

/** The same, but not none. */
export const realWaitingTime = waitingTime.refine((ms) => ms > 0, 'must be longer than 0s');
