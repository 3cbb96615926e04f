import { compileCalc } from '../../../../src/detection/operators/calc/compile-calc.ts';
import type { CalcValue } from '../../../../src/detection/operators/calc/calc-value.ts';
import type { CalcName } from '../../../../src/detection/plan/calc-functions.ts';
import type { Calc } from '../../../../src/detection/plan/calc.ts';
import { noReferences } from '../../../../src/detection/reference.ts';
import { parseTime } from '../../../../src/record/time.ts';

/** An argument of a call in a test: texts and numbers stand for themselves. */
export type Argument = string | number | Calc;

export const call = (name: CalcName, ...args: readonly Argument[]): Calc => ({
  kind: 'call',
  name,
  args: args.map((arg): Calc => {
    if (typeof arg === 'string') return { kind: 'text', value: arg };
    return typeof arg === 'number' ? { kind: 'number', value: arg } : arg;
  }),
});

export const column = (name: string): Calc => ({ kind: 'column', name });

/** The columns that every calculation in a test sees, unless it brings its own. */
const columns = {
  one: ['a'],
  several: ['b', 'a', 'c', 'a'],
  numbers: ['9', '10', '70'],
  code: ['403'],
  point: ['403.0'],
  empty: [''],
};

/** What `now()` reads in a test. */
export const now = '2024-02-29T12:34:56.789Z';

export function run(calc: Calc, given: Readonly<Record<string, readonly string[]>> = columns): CalcValue {
  const at = { now: parseTime(now) ?? 0n, references: noReferences };
  return compileCalc(calc)(new Map(Object.entries(given)), at);
}

export const yes = call('true');
export const no = call('false');
export const unknown = call('=', column('missing'), 'x');
export const missing = column('missing');
