import type { Stage } from '../../../plan/transform.ts';
import { didYouMean } from '../../../../util/suggest.ts';
import type { Command } from '../spl/ast.ts';
import type { Lowering } from './lowering.ts';

/** `lookup` (spec/spl.md §3.7): without OUTPUT all fields of the table, each once. */
export function lowerLookup(
  command: Extract<Command, { readonly name: 'lookup' }>,
  lowering: Lowering,
): readonly Stage[] {
  const { table, outputs } = command;
  if (!lowering.lookups.has(table.text)) {
    lowering.missingLookup(
      table,
      `there is no lookup "${table.text}"${didYouMean(table.text, lowering.lookups.keys())}; give its definition under "lookups"`,
    );
  }
  const match = command.match.map(({ field, as }) => ({
    field: lowering.name(field),
    column: lowering.name(as ?? field),
  }));
  const targets = lowering.names(
    outputs.map(({ field, as }) => as ?? field),
    'as an output',
  );
  const output = outputs.map(({ field, as }) => ({ field: lowering.name(field), as: (as ?? field).text }));
  return [
    {
      kind: 'lookup',
      table: table.text,
      match,
      output: command.output === 'all' || targets.length === 0 ? undefined : output,
      overwrite: command.output !== 'outputnew',
    },
  ];
}
