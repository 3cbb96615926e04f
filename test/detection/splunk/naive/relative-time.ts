import { Undecided } from './table.ts';

const lengths: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `-70m@m`, `@h`, `-1d@d`, `+2h`: shifted, then cut down to whole units, in UTC; weeks begin on Sunday. */
export function relativeTime(seconds: number, modifier: string): number {
  const [, sign, count, unit, snap] = /^(?:([-+])(\d*)([smhdw]))?(?:@([smhdw]))?$/.exec(modifier) ?? [];
  if (unit === undefined && snap === undefined) throw new Undecided(`the relative time ${modifier}`);
  const shift = (count === '' ? 1 : Number(count ?? 0)) * (lengths[unit ?? 's'] ?? 0);
  const moved = sign === '-' ? seconds - shift : seconds + shift;
  if (snap === undefined) return moved;
  const length = lengths[snap] ?? 1;
  // 1970 began on a Thursday: weeks of the epoch are four days off.
  const offset = snap === 'w' ? 4 * 86_400 : 0;
  return Math.floor((moved + offset) / length) * length - offset;
}
