import { unreachable } from '../../util/assert.ts';
import { printable } from '../../util/printable.ts';
import type { Expr, Test } from './expr.ts';

/** An expression in one line for people: `verb is "create" and not user.username starts with "system:"`. */
export function describeExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'and':
    case 'or':
      if (expr.items.length === 0) return expr.kind === 'and' ? 'always' : 'never';
      return expr.items.map(inner).join(` ${expr.kind} `);
    case 'not':
      return `not ${inner(expr.item)}`;
    case 'test':
      return `${printable(expr.field.name)} ${describeTest(expr.test)}`;
    default:
      return unreachable(expr);
  }
}

const inner = (expr: Expr): string =>
  expr.kind === 'and' || expr.kind === 'or' ? `(${describeExpr(expr)})` : describeExpr(expr);

function describeTest(test: Test): string {
  switch (test.op) {
    case 'exists':
      return 'exists';
    case 'equals':
      return `is ${quoted(test.values)}${caseNote(test)}`;
    case 'contains':
      return `contains ${quoted(test.values)}${caseNote(test)}`;
    case 'starts_with':
      return `starts with ${quoted(test.values)}${caseNote(test)}`;
    case 'ends_with':
      return `ends with ${quoted(test.values)}${caseNote(test)}`;
    case 'glob':
      return `glob ${quoted(test.patterns)}${caseNote(test)}`;
    case 'regex':
      return `regex ${quoted([test.pattern])}${caseNote(test)}`;
    case 'cidr':
      return `in network ${test.networks.join(' or ')}`;
    case 'compare':
      return `${test.comparison} ${test.value}`;
    case 'order':
      return `${test.comparison} ${quoted([test.value])}`;
    case 'word':
    case 'phrase':
    case 'term':
      return `has the ${test.op} ${quoted([test.text])}${caseNote(test)}`;
    case 'fails':
      return `has a value that fails: ${describeTest(test.test)}`;
    default:
      return unreachable(test);
  }
}

const quoted = (values: readonly string[]): string =>
  values.map((value) => `"${printable(value)}"`).join(' or ');

const caseNote = ({ fold }: { readonly fold: boolean }): string => (fold ? '' : ' (letter case matters)');
