import type { Time } from '../../record/time.ts';
import { unreachable } from '../../util/assert.ts';
import type { Move, RelativeTime, Unit } from './relative-time.ts';

/** How far from a time the one that it means may lie, in nanoseconds, below zero for the past. */
export interface Reach {
  readonly least: Time;
  readonly most: Time;
}

/** Bounds, not always reached, that hold for every time; undefined for a fixed time, which has none. */
export function reachOf(relative: RelativeTime): Reach | undefined {
  if (relative.kind === 'fixed') return undefined;
  return relative.moves
    .map(reachOfMove)
    .reduce((a, b) => ({ least: a.least + b.least, most: a.most + b.most }), { least: 0n, most: 0n });
}

function reachOfMove(move: Move): Reach {
  const { shortest, longest } = lengths[move.unit];
  switch (move.kind) {
    case 'add': {
      const amount = BigInt(move.amount);
      return amount < 0n
        ? { least: amount * longest, most: amount * shortest }
        : { least: amount * shortest, most: amount * longest };
    }
    case 'snap':
      return { least: -longest, most: 0n };
    default:
      return unreachable(move);
  }
}

const day = 86_400_000_000_000n;
const always = (length: Time): { readonly shortest: Time; readonly longest: Time } => ({
  shortest: length,
  longest: length,
});

const lengths: Readonly<Record<Unit, { readonly shortest: Time; readonly longest: Time }>> = {
  second: always(1_000_000_000n),
  minute: always(60_000_000_000n),
  hour: always(3_600_000_000_000n),
  day: always(day),
  week: always(7n * day),
  month: { shortest: 28n * day, longest: 31n * day },
  quarter: { shortest: 84n * day, longest: 93n * day },
  year: { shortest: 336n * day, longest: 372n * day },
};
