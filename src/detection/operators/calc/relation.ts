import { unreachable } from '../../../util/assert.ts';
import { compareUtf8 } from '../compare-utf8.ts';
import { comparisonHolds, orderTexts, type Comparison } from '../comparison.ts';
import { numberOf } from '../number-text.ts';
import { calcTexts } from './calc-texts.ts';
import type { CalcValue } from './calc-value.ts';

export type Relation = '=' | '!=' | Comparison;

/**
 * Whether two values stand so to each other: null if a side is null, else true if any value of a side passes with any
 * of the other. Two that both read as numbers compare as numbers, even if one is quoted, else as texts by their UTF-8
 * bytes, letter case included (spec/spl.md §3.3, §9).
 */
export function related(a: CalcValue, relation: Relation, b: CalcValue): boolean | null {
  if (a === null || b === null) return null;
  const left = calcTexts(a);
  const right = calcTexts(b);
  return left.length === 1 && right.length === 1
    ? holds(relation, orderTexts(left[0] ?? '', right[0] ?? ''))
    : anyRelated(left, relation, right);
}

function holds(relation: Relation, order: number): boolean {
  if (relation === '=') return order === 0;
  return relation === '!=' ? order !== 0 : comparisonHolds(relation, order);
}

function anyRelated(left: readonly string[], relation: Relation, right: readonly string[]): boolean {
  switch (relation) {
    case '=': {
      const keys = keysOf(left);
      return [...keysOf(right)].some((key) => keys.has(key));
    }
    case '!=':
      return new Set([...keysOf(left), ...keysOf(right)]).size > 1;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(left, relation, right);
    default:
      return unreachable(relation);
  }
}

/** Equal values have equal keys: numbers that are the same number, texts that are the same text. */
const keysOf = (texts: readonly string[]): ReadonlySet<string | number> =>
  new Set(texts.map((text) => numberOf(text) ?? text));

/** Lists are compared by their ends, so that two long ones do not take the product of their lengths. */
function ordered(left: readonly string[], comparison: Comparison, right: readonly string[]): boolean {
  const sign = comparison === '<' || comparison === '<=' ? -1 : 1;
  const a = endOf(left, sign);
  const b = endOf(right, sign === 1 ? -1 : 1);
  const pairs = [
    [a.number, b.number],
    [a.word, b.text],
    [a.text, b.word],
  ] as const;
  return pairs.some(
    ([x, y]) => x !== undefined && y !== undefined && comparisonHolds(comparison, orderTexts(x, y)),
  );
}

/** The smallest (`sign` -1) or largest (1) of values: of numbers, of those that are none, and of all as texts. */
interface End {
  readonly number: string | undefined;
  readonly word: string | undefined;
  readonly text: string | undefined;
}

function endOf(texts: readonly string[], sign: -1 | 1): End {
  const end = (of: readonly string[], order: (a: string, b: string) => number): string | undefined =>
    of.length === 0 ? undefined : of.reduce((a, b) => (order(b, a) * sign > 0 ? b : a));
  const numbers = texts.filter((text) => numberOf(text) !== undefined);
  const words = texts.filter((text) => numberOf(text) === undefined);
  return { number: end(numbers, orderTexts), word: end(words, compareUtf8), text: end(texts, compareUtf8) };
}
