import { unreachable } from '../../util/assert.ts';
import type { Expr, Test } from '../plan/expr.ts';
import type { FieldRef } from '../plan/field.ts';
import type { Meaning, ScanPlan } from './columns.ts';
import { conjunctsOf, pushNegations } from './normal-form.ts';
import { PlanSet } from './plan-set.ts';

/** Texts, in lower case, one of which stands in every line for which a plan holds, if no escape hides it. */
export interface Literals {
  readonly texts: readonly string[];
  /** Plans that are looked for without one. */
  readonly others: PlanSet;
}

/** More would cost more than they save: each is looked for on its own. */
const maxLiterals = 3;
const shortest = 4;
/** What Go, and who else ships logs, writes as it is (spec/performance.md §11). */
const unsafe = /[^\x20-\x7e]|["\\<>&]/;

/** What the walk comes to last, if at all: bodies of requests and responses. */
const deep = /^(?:requestObject|responseObject)[.{]/;

/**
 * The literals of plans that live on one deep in an event, or anywhere in the line, and have nothing before it that a
 * line has to have: of each such plan until they are too many. Undefined if there are none.
 */
export function literalsOf(plans: readonly ScanPlan[], meaning: Meaning): Literals | undefined {
  const chosen = new Set<string>();
  const others = PlanSet.all(plans.length);
  for (const [plan, { where }] of plans.entries()) {
    const parts = conjunctsOf(pushNegations(where));
    const texts = parts.map((part) => alternativesOf(part, meaning)).reduce(better, undefined);
    if (texts === undefined || parts.some((part) => isEarly(part, meaning))) continue;
    const added = texts.filter((text) => !chosen.has(text));
    if (chosen.size + added.length > maxLiterals) continue;
    for (const text of added) chosen.add(text);
    others.remove(plan);
  }
  return chosen.size > 0 ? { texts: [...chosen].sort(), others } : undefined;
}

/** True if a line without some value that the walk soon comes to is ruled out by this part. */
const isEarly = (part: Expr, meaning: Meaning): boolean =>
  part.kind === 'test' && meaning.sourceOf(part.field) === 'event' && !deep.test(part.field.name);

type Needed = readonly string[] | undefined;

/** Literals one of which has to be there for `expr` to hold. */
function alternativesOf(expr: Expr, meaning: Meaning): Needed {
  switch (expr.kind) {
    case 'not':
      return undefined;
    case 'test':
      return isDeep(expr.field, meaning) ? anyOf(expr.test) : undefined;
    case 'or':
      return union(expr.items.map((item) => alternativesOf(item, meaning)));
    case 'and':
      return expr.items.map((item) => alternativesOf(item, meaning)).reduce(better, undefined);
    default:
      return unreachable(expr);
  }
}

function isDeep(field: FieldRef, { sourceOf }: Meaning): boolean {
  const source = sourceOf(field);
  return source === 'line' || (source === 'event' && deep.test(field.name));
}

/** Fewer ones, then the one whose shortest is longer. */
function better(a: Needed, b: Needed): Needed {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.length !== b.length) return a.length < b.length ? a : b;
  return shortestOf(a) >= shortestOf(b) ? a : b;
}

const shortestOf = (texts: readonly string[]): number => Math.min(...texts.map(({ length }) => length));

/** Of an alternative that has none, none can be said; of no alternatives at all none is ever there. */
const union = (items: readonly Needed[]): Needed =>
  items.includes(undefined) || items.length === 0
    ? undefined
    : [...new Set(items.flatMap((item) => item ?? []))];

function anyOf(test: Test): Needed {
  switch (test.op) {
    case 'equals':
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return union(test.values.map((value) => longestRun([value], test.fold)));
    case 'glob':
      return union(test.patterns.map((pattern) => longestRun(globRuns(pattern), test.fold)));
    case 'word':
    case 'phrase':
    case 'term':
      return longestRun(test.text.split('*'), test.fold);
    case 'regex':
    case 'cidr':
    case 'compare':
    case 'order':
    case 'exists':
    case 'fails':
      return undefined;
    default:
      return unreachable(test);
  }
}

/** What stands between the stars and question marks of a pattern. */
function globRuns(pattern: string): readonly string[] {
  const runs = [''];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '*' || char === '?') runs.push('');
    else
      runs.push(
        (runs.pop() ?? '') + (char === '\\' && at + 1 < pattern.length ? pattern.charAt(++at) : char),
      );
  }
  return runs;
}

/**
 * The longest stretch of `runs` that stands in a line byte by byte. Where letter case is folded two letters outside
 * ASCII count, too: U+212A becomes `k`, and U+0130 becomes an `i` with another character behind it.
 */
function longestRun(runs: readonly string[], fold: boolean): Needed {
  const pieces = runs
    .flatMap((run) => run.split(unsafe))
    // Only now: outside ASCII there are characters whose lower case is in it.
    .map((run) => run.toLowerCase())
    .flatMap((run) => (fold ? run.split('k').map((piece) => piece.replace(/i+$/, '')) : [run]));
  const [longest = ''] = pieces.sort((a, b) => b.length - a.length);
  return longest.length >= shortest ? [longest] : undefined;
}
