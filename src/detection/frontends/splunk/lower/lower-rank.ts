import type { Stage } from '../../../plan/transform.ts';
import type { Command } from '../spl/ast.ts';
import type { Lowering } from './lowering.ts';

/** `top` and `rare` (spec/spl.md §3.8): ten rows, with `count` and `percent`, if nothing else is said. */
export function lowerRank(
  command: Extract<Command, { readonly name: 'top' | 'rare' }>,
  lowering: Lowering,
): readonly Stage[] {
  const { fields, by, limit = 10 } = command;
  const names = lowering.names([...fields, ...by], `in "${command.name}"`);
  const countAs = command.showCount ? (command.countField?.text ?? 'count') : undefined;
  const percentAs = command.showPercent ? (command.percentField?.text ?? 'percent') : undefined;
  const taken = [countAs, percentAs].find((as) => as !== undefined && names.includes(as));
  if (taken !== undefined || (countAs !== undefined && countAs === percentAs)) {
    const name = taken ?? countAs ?? '';
    const message = `two columns would be called "${name}"; name another with "countfield" or "percentfield"`;
    lowering.error('bad-value', command, message);
  }
  return [
    {
      kind: 'rank',
      order: command.name,
      columns: fields.map(({ text }) => text),
      by: by.map(({ text }) => text),
      limit: limit === 0 ? undefined : limit,
      countAs,
      percentAs,
    },
  ];
}
