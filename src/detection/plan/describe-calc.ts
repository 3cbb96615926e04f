import { unreachable } from '../../util/assert.ts';
import { printable } from '../../util/printable.ts';
import type { CalcName } from './calc-functions.ts';
import type { Calc } from './calc.ts';

/** How tightly an operator binds, from loose to tight (spec/spl.md §3.3); what is not here is a function. */
const precedence: ReadonlyMap<CalcName, number> = new Map<CalcName, number>([
  ['xor', 1],
  ['or', 2],
  ['and', 3],
  ['not', 4],
  ...(['=', '!=', '<', '<=', '>', '>='] as const).map((name) => [name, 5] as const),
  ['.', 6],
  ['+', 7],
  ['-', 7],
  ['*', 8],
  ['/', 8],
  ['%', 8],
  ['negative', 9],
]);
const tightest = 10;

/** A value in one line for people, as `eval` writes it: `if(count > 5, "many", "few")`. */
export const describeCalc = (calc: Calc): string => describe(calc, 0);

/** In brackets if it binds more loosely than `around`. */
function describe(calc: Calc, around: number): string {
  switch (calc.kind) {
    case 'column':
      return /^[A-Za-z_]\w*$/.test(calc.name) ? calc.name : `'${printable(calc.name)}'`;
    case 'text':
      return JSON.stringify(printable(calc.value));
    case 'number':
      return String(calc.value);
    case 'call':
      return describeCall(calc, around);
    default:
      return unreachable(calc);
  }
}

function describeCall({ name, args }: Calc & { readonly kind: 'call' }, around: number): string {
  const binds = precedence.get(name);
  if (binds === undefined) return `${name}(${args.map((arg) => describe(arg, 0)).join(', ')})`;
  const text = describeOperator(name, args, binds);
  return binds < around ? `(${text})` : text;
}

function describeOperator(name: CalcName, args: readonly Calc[], binds: number): string {
  const [first, ...others] = args;
  if (first === undefined) return `${name}()`;
  if (others.length === 0)
    return `${name === 'negative' ? '-' : 'NOT '}${describe(first, Math.min(binds + 1, tightest))}`;
  const sign = /[a-z]/.test(name) ? name.toUpperCase() : name;
  return [describe(first, binds), ...others.map((arg) => describe(arg, binds + 1))].join(` ${sign} `);
}
