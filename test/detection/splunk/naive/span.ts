import { looksNumeric } from './compare.ts';
import { Undecided } from './table.ts';

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** The beginning of the span of `_time` that holds a time, counted from the epoch. */
export function spanOf(text: string, span: string, field: string): string {
  const [, count = '', unit = ''] = /^(\d+)([smhd])[a-z]*$/.exec(span) ?? [];
  const length = Number(count) * (seconds[unit] ?? 0);
  if (length === 0 || field !== '_time') throw new Undecided(`bin of ${field} by ${span}`);
  if (!looksNumeric(text)) throw new Undecided('bin of no number');
  return String(Math.floor(Number(text) / length) * length);
}
