import type { Evaluation } from './ast.ts';

export type BinaryOperator = Extract<Evaluation, { kind: 'binary' }>['operator'];

/** How tightly the operators of `eval` and `where` bind, loosest first (spec/spl.md §1.1, §3.3). */
export const precedence = {
  xor: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  joining: 6,
  adding: 7,
  multiplying: 8,
  negative: 9,
} as const;

const binary: Readonly<Record<BinaryOperator, number>> = {
  xor: precedence.xor,
  or: precedence.or,
  and: precedence.and,
  '=': precedence.comparison,
  '!=': precedence.comparison,
  '<': precedence.comparison,
  '<=': precedence.comparison,
  '>': precedence.comparison,
  '>=': precedence.comparison,
  '.': precedence.joining,
  '+': precedence.adding,
  '-': precedence.adding,
  '*': precedence.multiplying,
  '/': precedence.multiplying,
  '%': precedence.multiplying,
};

export const binaryPrecedence = (operator: BinaryOperator): number => binary[operator];

/** Words that are operators in `eval` and `where`, in any case; a field of such a name stands in single quotes. */
export const operatorWords: ReadonlySet<string> = new Set(['and', 'or', 'xor', 'not', 'like', 'in']);
