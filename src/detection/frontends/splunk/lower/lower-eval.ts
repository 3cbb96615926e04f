import type { Stage } from '../../../plan/transform.ts';
import type { Command } from '../spl/ast.ts';
import { call, column, text } from './calc-parts.ts';
import { isCondition } from './condition-kind.ts';
import { lowerEvaluation } from './lower-evaluation.ts';
import type { Lowering } from './lowering.ts';

/** `eval`: a column cannot be true or false, as in Splunk. */
export function lowerEval(
  command: Extract<Command, { readonly name: 'eval' }>,
  lowering: Lowering,
): readonly Stage[] {
  const columns = command.assignments.map(({ field, value }) => {
    const calc = lowerEvaluation(value, lowering);
    if (isCondition(calc) === true) {
      const message = 'a field cannot be true or false; write if(condition, "true", "false")';
      lowering.error('bad-value', value, message);
    }
    return { as: lowering.name(field), value: calc };
  });
  return [{ kind: 'extend', columns }];
}

/** `makemv`: the parts of a text as values; empty ones only if `allowempty` says so. */
export function lowerMakemv(
  command: Extract<Command, { readonly name: 'makemv' }>,
  lowering: Lowering,
): readonly Stage[] {
  const as = lowering.name(command.field);
  const { tokenizer, delimiter, allowEmpty } = command;
  if (tokenizer !== undefined) {
    const message = '"tokenizer" is not supported; use "delim", or "rex" with "max_match=0"';
    lowering.error('unsupported-option', tokenizer, message);
  }
  if (delimiter?.text === '') lowering.error('bad-value', delimiter, 'an empty text splits nothing');
  const split = { as, value: call('split', column(as), text(delimiter?.text ?? ' ')) };
  const filled = { as, value: call('mvfilter', call('!=', column(as), text(''))) };
  return [{ kind: 'extend', columns: allowEmpty ? [split] : [split, filled] }];
}
