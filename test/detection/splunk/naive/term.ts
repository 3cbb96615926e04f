import type { Literal, Term } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { byNumberOrBytes, globMatches, holds } from './compare.ts';
import { isNetwork, networkHolds } from './network.ts';
import { rawHolds } from './raw-text.ts';
import { valuesOf, type Row } from './table.ts';

/** Whether a row satisfies an expression of `search` (spec/spl.md §1). */
export function satisfies(row: Row, term: Term): boolean {
  switch (term.kind) {
    case 'and':
      return term.items.every((item) => satisfies(row, item));
    case 'or':
      return term.items.some((item) => satisfies(row, item));
    case 'not':
      return !satisfies(row, term.item);
    case 'in':
      return valuesOf(row, term.field.text).some((value) =>
        term.values.some((wanted) => equal(wanted, value)),
      );
    case 'text':
      return textHolds(row, term.value);
    case 'compare': {
      const { operator, value: wanted } = term;
      const values = valuesOf(row, term.field.text);
      if (operator === '=') return values.some((value) => equal(wanted, value));
      if (operator === '!=') return values.some((value) => !equal(wanted, value));
      return values.some((value) => holds(operator, byNumberOrBytes(value, wanted.text)));
    }
  }
}

function equal({ text, how }: Literal, value: string): boolean {
  const same = globMatches(text, value, how !== 'case');
  return same || (isNetwork(text) && networkHolds(text, value));
}

function textHolds(row: Row, { text, quoted, how }: Literal): boolean {
  if (text === '*') return true;
  const kind = how === 'term' ? 'term' : quoted ? 'phrase' : 'word';
  return valuesOf(row, '_raw').some((raw) => rawHolds(kind, text, raw, how !== 'case'));
}
