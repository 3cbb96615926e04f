import { unreachable } from '../../../../util/assert.ts';
import type { Evaluation } from './ast.ts';
import { escape } from './escapes.ts';
import { binaryPrecedence, operatorWords, precedence } from './precedence.ts';

/** An expression of `eval` and `where` in its canonical text, with as few parentheses as it needs. */
export function printEvaluation(evaluation: Evaluation): string {
  return print(evaluation, precedence.xor);
}

/** In parentheses if its operator binds less tightly than `least`. */
function print(evaluation: Evaluation, least: number): string {
  switch (evaluation.kind) {
    case 'field':
      return printFieldName(evaluation.name);
    case 'text':
      return `"${escape(evaluation.value, 'text')}"`;
    case 'number':
      return evaluation.text;
    case 'call':
      return `${evaluation.name.text}(${evaluation.args.map(printEvaluation).join(', ')})`;
    case 'unary':
      return printUnary(evaluation, least);
    case 'binary':
      return printBinary(evaluation, least);
    default:
      return unreachable(evaluation);
  }
}

/** A field's name in `eval` and `where`, in single quotes only if it needs them. */
export const printFieldName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) && !operatorWords.has(name.toLowerCase()) ? name : `'${escape(name, 'field')}'`;

function printUnary({ operator, item }: Extract<Evaluation, { kind: 'unary' }>, least: number): string {
  return operator === '-'
    ? `-${print(item, precedence.negative)}`
    : enclosed(`NOT ${print(item, precedence.not)}`, precedence.not < least);
}

function printBinary(
  { operator, left, right }: Extract<Evaluation, { kind: 'binary' }>,
  least: number,
): string {
  const own = binaryPrecedence(operator);
  // Of equals the left one comes first; comparisons do not stand beside each other at all.
  const before = print(left, own === precedence.comparison ? own + 1 : own);
  return enclosed(`${before} ${operator.toUpperCase()} ${print(right, own + 1)}`, own < least);
}

const enclosed = (text: string, needed: boolean): string => (needed ? `(${text})` : text);
