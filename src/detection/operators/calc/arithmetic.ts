import { assert } from '../../../util/assert.ts';
import type { Calc } from '../../plan/calc.ts';
import type { CalcName } from '../../plan/calc-functions.ts';
import { bounded } from './bounds.ts';
import { onValues, type CalcBuilder } from './calc-builder.ts';
import type { CalcValue } from './calc-value.ts';
import { fromNumber, numberIn, textIn } from './conversions.ts';
import { rounded } from './rounded.ts';

type Operator = (a: CalcValue, b: CalcValue) => CalcValue;

/**
 * What stands between two values. Null if a side is null, several texts, or not what the operator takes, and for what
 * is no finite number: a division by zero. `%` has the sign of its left side, as fmod has.
 */
const operators = {
  // Adds what reads as numbers, and joins texts; a number and a text that is none have no sum.
  '+': (a, b) => {
    const sum = numbers((x, y) => x + y)(a, b);
    return sum === null && typeof a === 'string' && typeof b === 'string' ? bounded(a + b) : sum;
  },
  '-': numbers((x, y) => x - y),
  '*': numbers((x, y) => x * y),
  '/': numbers((x, y) => x / y),
  '%': numbers((x, y) => x % y),
  '.': (a, b) => {
    const x = textIn(a);
    const y = textIn(b);
    return x === undefined || y === undefined ? null : bounded(x + y);
  },
} as const satisfies Readonly<Record<string, Operator>>;

export const arithmetic = {
  '+': chain('+'),
  '-': chain('-'),
  '*': chain('*'),
  '/': chain('/'),
  '%': chain('%'),
  '.': chain('.'),
  negative: onValues(([value]) => ofNumber(value, (x) => -x)),
  floor: onValues(([value]) => ofNumber(value, Math.floor)),
  ceiling: onValues(([value]) => ofNumber(value, Math.ceil)),
  abs: onValues(([value]) => ofNumber(value, Math.abs)),
  round: onValues(([value, digits = 0]) => {
    const places = numberIn(digits);
    return places === undefined ? null : ofNumber(value, (x) => rounded(x, Math.trunc(places)));
  }),
} as const satisfies Readonly<Record<string, CalcBuilder>>;

function numbers(combine: (x: number, y: number) => number): Operator {
  return (a, b) => {
    const x = numberIn(a);
    const y = numberIn(b);
    return x === undefined || y === undefined ? null : fromNumber(combine(x, y));
  };
}

function ofNumber(value: CalcValue | undefined, apply: (x: number) => number): CalcValue {
  const x = numberIn(value);
  return x === undefined ? null : fromNumber(apply(x));
}

interface Link {
  readonly operator: Operator;
  readonly right: Calc;
}

/** An operator, and all operators to its left: `a.b.c` may be long, and must not need a stack as deep. */
function chain(name: keyof typeof operators): CalcBuilder {
  return (args, compile) => {
    const { start, links } = unrolled(name, args);
    const first = compile(start);
    const others = links.map(({ operator, right }) => ({ operator, right: compile(right) }));
    return (columns, at) =>
      others.reduce<CalcValue>(
        (left, { operator, right }) => operator(left, right(columns, at)),
        first(columns, at),
      );
  };
}

function unrolled(name: keyof typeof operators, args: readonly Calc[]) {
  const links: Link[] = [];
  let operator = name;
  let [left, right] = args;
  for (;;) {
    assert(left && right, `"${operator}" needs two sides`);
    links.push({ operator: operators[operator], right });
    if (left.kind !== 'call' || !isOperator(left.name)) return { start: left, links: links.reverse() };
    operator = left.name;
    [left, right] = left.args;
  }
}

const isOperator = (name: CalcName): name is keyof typeof operators => name in operators;
