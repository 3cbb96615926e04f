import type { Test } from '../plan/expr.ts';
import { isMajorBoundary, isTokenBoundary, nextMajorBreaker } from './breakers.ts';

type PhraseTest = Test & { readonly op: 'word' | 'phrase' | 'term' };

/**
 * A test for tokens in a text, as Splunk finds bare terms in `_raw` (spec/spl.md §1.5): `configmaps` is in
 * `/api/v1/configmaps?x` and not in `configmapsync`. Where `text` begins or ends with a breaker of its own, the token
 * ends there. A `*` at an end needs no boundary; one inside takes any text, in a `word` and a `term` no major breaker.
 *
 * Takes time in proportion to the length of the value for each piece between stars.
 */
export function compilePhrase({ op, text, fold }: PhraseTest): (value: string) => boolean {
  const wanted = fold ? text.toLowerCase() : text;
  const pieces = wanted.split('*').filter((piece) => piece !== '');
  const isBoundary = op === 'term' ? isMajorBoundary : isTokenBoundary;
  const openStart = wanted.startsWith('*');
  const openEnd = wanted.endsWith('*');
  return (given) => {
    const value = fold ? given.toLowerCase() : given;
    const [first, ...others] = pieces;
    if (first === undefined) return true;
    const starts = occurrences(value, first, 0).filter((at) => openStart || isBoundary(value, at));
    let ends = starts.map((at) => at + first.length);
    for (const piece of others) ends = endsBehind(ends, piece, value, op !== 'phrase');
    return ends.some((at) => openEnd || isBoundary(value, at));
  };
}

/** Where `piece` ends if it follows one of `ends`, nothing but what a star takes between them. All ascending. */
function endsBehind(ends: readonly number[], piece: string, value: string, stops: boolean): number[] {
  const [first] = ends;
  if (first === undefined) return [];
  let index = 0;
  let breaker = nextMajorBreaker(value, first);
  const found: number[] = [];
  for (const at of occurrences(value, piece, first)) {
    while ((ends[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index++;
    // The nearest end is enough: from any other one the star would have to take more.
    const end = ends[index] ?? first;
    if (stops && breaker.start < end) breaker = nextMajorBreaker(value, end);
    if (!stops || breaker.end > at) found.push(at + piece.length);
  }
  return found;
}

/** Where `piece` begins in `value`, from `from` on; overlapping ones, too. */
function occurrences(value: string, piece: string, from: number): number[] {
  const found: number[] = [];
  for (let at = value.indexOf(piece, from); at !== -1; at = value.indexOf(piece, at + 1)) found.push(at);
  return found;
}
