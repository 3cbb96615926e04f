import type { Calc } from '../../../plan/calc.ts';
import { unreachable } from '../../../../util/assert.ts';
import type { Evaluation } from '../spl/ast.ts';
import { isCondition } from './condition-kind.ts';
import { lowerCall } from './lower-call.ts';
import type { Lowering } from './lowering.ts';

/** A value of `eval` (spec/spl.md §3.3), with the functions, numbers and patterns in it checked. */
export function lowerEvaluation(value: Evaluation, lowering: Lowering): Calc {
  switch (value.kind) {
    case 'field':
      return { kind: 'column', name: value.name };
    case 'text':
      return { kind: 'text', value: value.value };
    case 'number':
      return lowerNumber(value, lowering);
    case 'call': {
      const args = value.args.map((arg) => lowerEvaluation(arg, lowering));
      return lowerCall(value, args, lowering);
    }
    case 'unary':
      return lowerUnary(value, lowering);
    case 'binary':
      return lowerBinary(value, lowering);
    default:
      return unreachable(value);
  }
}

/** As `lowerEvaluation`; complains if it can be neither true nor false. */
export function lowerCondition(value: Evaluation, lowering: Lowering): Calc {
  const calc = lowerEvaluation(value, lowering);
  requireCondition(value, calc, lowering);
  return calc;
}

function lowerNumber(value: Evaluation & { readonly kind: 'number' }, lowering: Lowering): Calc {
  const number = Number(value.text);
  if (!Number.isFinite(number)) {
    lowering.error('bad-value', value, `"${value.text}" is not a number that can be reckoned with`);
  }
  return { kind: 'number', value: number };
}

function lowerUnary(value: Evaluation & { readonly kind: 'unary' }, lowering: Lowering): Calc {
  const item = lowerEvaluation(value.item, lowering);
  if (value.operator === '-') return { kind: 'call', name: 'negative', args: [item] };
  requireCondition(value.item, item, lowering);
  return { kind: 'call', name: 'not', args: [item] };
}

/** A chain of one AND or OR is one call, however long it is. */
function lowerBinary(value: Evaluation & { readonly kind: 'binary' }, lowering: Lowering): Calc {
  const { operator } = value;
  const chained = operator === 'and' || operator === 'or';
  const parts: Evaluation[] = [value.right];
  let { left } = value;
  while (chained && left.kind === 'binary' && left.operator === operator) {
    parts.push(left.right);
    ({ left } = left);
  }
  parts.push(left);
  const args = parts.reverse().map((part) => {
    const calc = lowerEvaluation(part, lowering);
    if (chained || operator === 'xor') requireCondition(part, calc, lowering);
    return calc;
  });
  return { kind: 'call', name: operator, args };
}

/** A field or a text is never true or false by itself: such a condition would quietly never hold. */
function requireCondition(value: Evaluation, calc: Calc, lowering: Lowering): void {
  if (isCondition(calc) !== false) return;
  lowering.error('bad-value', value, 'this is neither true nor false; compare it with something');
}
