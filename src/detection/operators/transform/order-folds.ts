import { compareUtf8 } from '../compare-utf8.ts';
import type { Fold } from '../fold.ts';

type Only = string | null;

/** The value of the first row that has one; its first value if it has several. Of two parts `a` came first. */
export const firstFold: Fold<Only> = {
  of: (texts) => texts[0] ?? null,
  merge: (a, b) => a ?? b,
  texts: (held) => (held === null ? [] : [held]),
};

/** The value of the last row that has one; its last value if it has several. */
export const lastFold: Fold<Only> = {
  of: (texts) => texts.at(-1) ?? null,
  merge: (a, b) => b ?? a,
  texts: (held) => (held === null ? [] : [held]),
};

/** Splunk's `list_maxsize` (spec/spl.md §3.2). */
const maxListed = 100;

/** All values in the order of the rows; the first 100, as in Splunk. */
export const listFold: Fold<readonly string[]> = {
  of: (texts, times) => repeated(texts, times),
  merge: (a, b) => (a.length >= maxListed ? a : [...a, ...b].slice(0, maxListed)),
  times: (held, count) => repeated(held, count),
  texts: (held) => held,
};

function repeated(texts: readonly string[], times: number): readonly string[] {
  if (texts.length === 0 || times === 1) return texts.slice(0, maxListed);
  const rounds = Math.min(times, Math.ceil(maxListed / texts.length));
  return Array.from({ length: rounds }, () => texts)
    .flat()
    .slice(0, maxListed);
}

/** How often each value came, in the order in which they came first. */
type Frequencies = {
  readonly counts: readonly (readonly [text: string, count: number])[];
  readonly cut: boolean;
};

/**
 * The most frequent value; of equally frequent ones the first by UTF-8 bytes. Beyond `limit` distinct values new ones
 * are not counted.
 */
export function modeFold(limit: number): Fold<Frequencies> {
  const joined = (a: Frequencies, b: Frequencies['counts'], cut: boolean): Frequencies => {
    const counts = new Map(a.counts);
    let full = a.cut || cut;
    for (const [text, count] of b) {
      const before = counts.get(text);
      if (before !== undefined || counts.size < limit) counts.set(text, (before ?? 0) + count);
      else full = true;
    }
    return { counts: [...counts], cut: full };
  };
  const none: Frequencies = { counts: [], cut: false };
  return {
    of: (texts, times) =>
      joined(
        none,
        texts.map((text) => [text, times] as const),
        false,
      ),
    merge: (a, b) => joined(a, b.counts, b.cut),
    times: ({ counts, cut }, times) => ({
      counts: counts.map(([text, count]) => [text, count * times] as const),
      cut,
    }),
    texts: ({ counts }) => {
      const best = counts.reduce(moreFrequent, undefined);
      return best === undefined ? [] : [best[0]];
    },
    cut: ({ cut }) => cut,
  };
}

type Counted = Frequencies['counts'][number];

function moreFrequent(best: Counted | undefined, next: Counted): Counted {
  if (best === undefined || next[1] > best[1]) return next;
  return next[1] === best[1] && compareUtf8(next[0], best[0]) < 0 ? next : best;
}
