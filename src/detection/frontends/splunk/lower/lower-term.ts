import { allOf, anyOf } from '../../../plan/combine.ts';
import type { Expr, Test } from '../../../plan/expr.ts';
import { joinTests } from '../../../plan/join-tests.ts';
import { unreachable } from '../../../../util/assert.ts';
import type { Literal, Term, Word } from '../spl/ast.ts';
import type { Lowering } from './lowering.ts';
import { globOf } from './glob-of.ts';
import { isNetwork } from './is-network.ts';

/** A condition of `search` (spec/spl.md §1): on the fields of an event, or the columns of a row. */
export function lowerTerm(term: Term, lowering: Lowering): Expr {
  switch (term.kind) {
    case 'and':
      return allOf(term.items.map((item) => lowerTerm(item, lowering)));
    case 'or':
      return anyOf(joinTests(lowered(term.items, lowering)));
    case 'not':
      return { kind: 'not', item: lowerTerm(term.item, lowering) };
    case 'compare':
      return lowerComparison(term, lowering);
    case 'in': {
      const { field } = term;
      lowering.name(field);
      return anyOf(joinTests(term.values.map((value) => on(field, equalTo(value)))));
    }
    case 'text':
      return lowerText(term.value);
    default:
      return unreachable(term);
  }
}

function* lowered(items: readonly Term[], lowering: Lowering): Iterable<Expr> {
  for (const item of items) yield lowerTerm(item, lowering);
}

const on = (field: Word, test: Test): Expr => ({
  kind: 'test',
  field: { name: field.text, arrays: 'marked' },
  test,
});

function lowerComparison(term: Term & { readonly kind: 'compare' }, lowering: Lowering): Expr {
  const { field, operator, value } = term;
  lowering.name(field);
  if (operator === '=') return on(field, equalTo(value));
  if (operator === '!=') {
    const test = equalTo(value);
    return test.op === 'exists' ? anyOf([]) : on(field, { op: 'fails', test });
  }
  if (value.text.includes('*')) {
    lowering.error('bad-value', value, `"${operator}" takes no wildcard; "=" and "!=" do`);
  }
  return on(field, { op: 'order', comparison: operator, value: value.text });
}

/** `=`: any value there is for `*`, a pattern, a network, or the text itself. */
function equalTo({ text, how }: Literal): Test {
  const fold = how !== 'case';
  if (isStars(text)) return { op: 'exists' };
  if (text.includes('*')) return { op: 'glob', patterns: [globOf(text)], fold };
  if (isNetwork(text)) return { op: 'cidr', networks: [text] };
  return { op: 'equals', values: [text], fold };
}

const isStars = (text: string): boolean => /^\*+$/.test(text);

/** A bare word or phrase, searched in `_raw` (spec/spl.md §1.5). `*` alone finds every row, with `_raw` or without. */
function lowerText({ text, how, quoted, span }: Literal): Expr {
  if (isStars(text)) return allOf([]);
  const bare = quoted ? 'phrase' : 'word';
  return on({ text: '_raw', span }, { op: how === 'term' ? 'term' : bare, text, fold: how !== 'case' });
}
