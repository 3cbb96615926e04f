import { hashOf } from '../../record/hash.ts';
import type { Time } from '../../record/time.ts';
import type { Stored } from '../../store/store.ts';
import { compareUtf8 } from './compare-utf8.ts';
import { numberOf } from './number-text.ts';

/**
 * How values become one held thing, how two of them become one, and how it reads (see `CompiledMeasure` and
 * `CompiledStatistic`).
 */
export interface Fold<Held extends Stored> {
  of(texts: readonly string[], times: number, time: Time): Held;
  merge(a: Held, b: Held): Held;
  /** As if all of it had come `count` times; left out where that makes no difference. */
  times?(held: Held, count: number): Held;
  texts(held: Held): readonly string[];
  cut?(held: Held): boolean;
}

type Distinct = { readonly seen: readonly string[]; readonly more: number };

/**
 * Number of distinct values, exact up to `limit`. Beyond it every value that is not among those held counts as new:
 * the number may be too high, never too low, so noise hides no threshold.
 */
export function distinctFold(limit: number): Fold<Distinct> {
  const joined = (a: Distinct, others: readonly string[], more: number): Distinct => {
    const seen = new Set(a.seen);
    let beyond = a.more + more;
    for (const value of others) {
      if (seen.has(value)) continue;
      if (seen.size < limit) seen.add(value);
      else beyond++;
    }
    return { seen: [...seen], more: beyond };
  };
  return {
    of: (texts) => joined({ seen: [], more: 0 }, texts.map(digest), 0),
    merge: (a, b) => joined(a, b.seen, b.more),
    texts: ({ seen, more }) => [String(seen.length + more)],
    cut: ({ more }) => more > 0,
  };
}

type Values = { readonly seen: readonly string[]; readonly cut: boolean };

/** The distinct values, sorted by UTF-8 bytes (spec/spl.md §9), the first `limit` to come. */
export function valuesFold(limit: number): Fold<Values> {
  const bounded = (seen: readonly string[], cut: boolean): Values =>
    seen.length <= limit ? { seen, cut } : { seen: seen.slice(0, limit), cut: true };
  return {
    of: (texts) => bounded([...new Set(texts)], false),
    merge: (a, b) => {
      // Mostly one value comes to many: those are not to be looked at one by one, nor copied for nothing.
      const [most, others] = a.seen.length < b.seen.length ? [b, a] : [a, b];
      const missing = missingFrom(most.seen, others.seen);
      const cut = a.cut || b.cut;
      return missing.length === 0 ? { seen: most.seen, cut } : bounded([...most.seen, ...missing], cut);
    },
    texts: ({ seen }) => [...seen].sort(compareUtf8),
    cut: ({ cut }) => cut,
  };
}

function missingFrom(known: readonly string[], values: readonly string[]): readonly string[] {
  if (values.length < 8) return values.filter((value) => !known.includes(value));
  const set = new Set(known);
  return values.filter((value) => !set.has(value));
}

type Extreme = { readonly text: string; readonly number: string | null } | null;

/**
 * The smallest (`sign` -1) or largest (1) value, as its source text: by number if all values are numbers, else by
 * UTF-8 bytes (spec/spl.md §9). Of equal numbers the first to come; the first by bytes if `unordered`, so that the
 * order in which they come makes no difference.
 */
export function extremeFold(sign: -1 | 1, unordered = false): Fold<Extreme> {
  const further = (a: string, b: string, compare: (a: string, b: string) => number): string => {
    const order = compare(b, a) * sign;
    if (order === 0 && unordered) return compareUtf8(a, b) > 0 ? b : a;
    return order > 0 ? b : a;
  };
  const merge = (a: Extreme, b: Extreme): Extreme => {
    if (a === null || b === null) return a ?? b;
    const number =
      a.number === null || b.number === null ? null : further(a.number, b.number, compareNumbers);
    return { text: further(a.text, b.text, compareUtf8), number };
  };
  return {
    of: (texts) =>
      texts
        .map((text): Extreme => ({ text, number: numberOf(text) === undefined ? null : text }))
        .reduce(merge, null),
    merge,
    texts: (held) => (held === null ? [] : [held.number ?? held.text]),
  };
}

type Timed = { readonly time: string; readonly text: string } | null;

/**
 * The first value of the earliest event that has one, or the last value of the latest: by event time, so that the
 * order of arrival does not matter. At equal times, the event that came first or last.
 */
export function timedFold(which: 'first' | 'last'): Fold<Timed> {
  return {
    of: (texts, _, time) => {
      const text = which === 'first' ? texts[0] : texts.at(-1);
      return text === undefined ? null : { time: time.toString(), text };
    },
    merge: (a, b) => {
      if (a === null || b === null) return a ?? b;
      const ordered = BigInt(a.time) <= BigInt(b.time);
      return ordered === (which === 'first') ? a : b;
    },
    texts: (held) => (held === null ? [] : [held.text]),
  };
}

const compareNumbers = (a: string, b: string): number => Number(a) - Number(b);

/** A short text as it is, a long one as its hash: enough to tell texts apart. */
const digest = (text: string): string => (text.length <= 40 ? `=${text}` : `#${hashOf(text)}`);
