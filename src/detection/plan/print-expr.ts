import { unreachable } from '../../util/assert.ts';
import type { Expr, Test } from './expr.ts';
import type { FieldRef } from './field.ts';

/** An expression as the plain value that stands for it in the canonical text. */
export function exprText(expr: Expr): unknown {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return { [expr.kind]: expr.items.map(exprText) };
    case 'not':
      return { not: exprText(expr.item) };
    case 'test':
      return { ...fieldText(expr.field), ...testText(expr.test) };
    default:
      return unreachable(expr);
  }
}

/** A field as the keys that stand for it beside others; `hidden` goes without saying. */
export const fieldText = ({ name, arrays }: FieldRef): object =>
  arrays === 'hidden' ? { field: name } : { field: name, arrays };

function testText(test: Test): object {
  switch (test.op) {
    case 'exists':
      return { exists: true };
    case 'equals':
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return { [test.op]: test.values, ...caseText(test) };
    case 'glob':
      return { glob: test.patterns, ...caseText(test) };
    case 'regex':
      return { regex: test.pattern, ...caseText(test) };
    case 'cidr':
      return { cidr: test.networks };
    case 'compare':
      return { compare: test.comparison, value: test.value };
    case 'order':
      return { order: test.comparison, to: test.value };
    case 'word':
    case 'phrase':
    case 'term':
      return { [test.op]: test.text, ...caseText(test) };
    case 'fails':
      return { fails: testText(test.test) };
    default:
      return unreachable(test);
  }
}

const caseText = ({ fold }: { readonly fold: boolean }): object => (fold ? {} : { case: 'sensitive' });
