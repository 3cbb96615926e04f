import { unreachable } from '../../../../util/assert.ts';
import type { Term, Word } from '../spl/ast.ts';
import type { Lowering } from './lowering.ts';

/** Fields that Splunk makes when it indexes an event, and what to write instead. */
const computed: readonly (readonly [name: RegExp, instead: string])[] = [
  [/^date_/, 'use "eval" with strftime(_time, ...), then "search"'],
  [/^(?:linecount|punct|timestartpos|timeendpos)$/, 'test "_raw" with "regex"'],
  [/^_indextime$/, 'test "_time"'],
];

/** Complains about fields in the first search that only Splunk has: a test on them would quietly never hold. */
export function refuseComputedFields(term: Term, lowering: Lowering): void {
  const open = [term];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    switch (next.kind) {
      case 'and':
      case 'or':
        for (const item of next.items) open.push(item);
        break;
      case 'not':
        open.push(next.item);
        break;
      case 'compare':
      case 'in':
        refuseField(next.field, lowering);
        break;
      case 'text':
        break;
      default:
        unreachable(next);
    }
  }
}

function refuseField(field: Word, lowering: Lowering): void {
  const [, instead] = computed.find(([name]) => name.test(field.text)) ?? [];
  if (instead === undefined) return;
  const message = `"${field.text}" is made when Splunk indexes an event, and not there; ${instead}`;
  lowering.error('unsupported-option', field, message);
}
