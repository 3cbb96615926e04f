import { unreachable } from '../../util/assert.ts';
import type { Expr, Test } from '../plan/expr.ts';
import { conjunctsOf } from './normal-form.ts';

/** How a literal has to stand in a value. */
type Position = 'whole' | 'start' | 'end' | 'anywhere';

export interface MatchedLiteral {
  /** What JSON writes as it is; in lower case if case is folded. */
  readonly text: string;
  readonly fold: boolean;
  readonly position: Position;
}

/** What the kernel itself can decide of a value: one of the literals is in it, or, if `negated`, none is. */
export interface Matcher {
  readonly negated: boolean;
  readonly literals: readonly MatchedLiteral[];
}

/** More are not compared one by one. */
const mostLiterals = 32;
/** Bytes that mean themselves wherever they stand in a JSON text as Go writes it (spec/performance.md §11). */
const safe = /^[ !#-%'-;=?-[\]-~]*$/;

/** The matchers that all have to agree for `where` to hold of a value; undefined if it takes more to tell. */
export function matchersOf(where: Expr): readonly Matcher[] | undefined {
  const matchers: Matcher[] = [];
  for (const part of conjunctsOf(where)) {
    const matcher = matcherOf(part, false);
    if (matcher === undefined) return undefined;
    matchers.push(matcher);
  }
  return matchers;
}

function matcherOf(part: Expr, negated: boolean): Matcher | undefined {
  if (part.kind === 'not') return matcherOf(part.item, !negated);
  if (part.kind !== 'test') return undefined;
  const { test } = part;
  if (test.op === 'fails') return matcherOf({ ...part, test: test.test }, !negated);
  const literals = literalsOf(test);
  if (literals === undefined || literals.length > mostLiterals) return undefined;
  return literals.every(({ text }) => safe.test(text)) ? { negated, literals } : undefined;
}

function literalsOf(test: Test): readonly MatchedLiteral[] | undefined {
  switch (test.op) {
    case 'exists':
      return [{ text: '', fold: false, position: 'anywhere' }];
    case 'equals':
      return test.values.map((text) => literal(text, test.fold, 'whole'));
    case 'starts_with':
      return test.values.map((text) => literal(text, test.fold, 'start'));
    case 'ends_with':
      return test.values.map((text) => literal(text, test.fold, 'end'));
    case 'contains':
      return test.values.map((text) => literal(text, test.fold, 'anywhere'));
    case 'glob': {
      const found = test.patterns.map((pattern) => literalOfGlob(pattern, test.fold));
      return found.every((item) => item !== undefined) ? found : undefined;
    }
    case 'regex':
    case 'cidr':
    case 'compare':
    case 'order':
    case 'word':
    case 'phrase':
    case 'term':
    case 'fails':
      return undefined;
    default:
      return unreachable(test);
  }
}

const literal = (text: string, fold: boolean, position: Position): MatchedLiteral => ({
  text: fold ? text.toLowerCase() : text,
  fold,
  position,
});

/** Of a pattern with stars at its ends only. */
function literalOfGlob(pattern: string, fold: boolean): MatchedLiteral | undefined {
  const [, before, text, behind] = /^(\**)([^*?\\]*)(\**)$/.exec(pattern) ?? [];
  if (text === undefined) return undefined;
  if (before === '') return literal(text, fold, behind === '' ? 'whole' : 'start');
  return literal(text, fold, behind === '' && text !== '' ? 'end' : 'anywhere');
}
