import { allOf } from '../../../plan/combine.ts';
import type { Expr } from '../../../plan/expr.ts';
import type { Schedule, Transform } from '../../../plan/transform.ts';
import type { LookupDefinition } from '../content.ts';
import type { Search } from '../spl/ast.ts';
import type { Complain } from '../spl/complaint.ts';
import { refuseComputedFields } from './computed-fields.ts';
import { lowerCommand } from './lower-command.ts';
import { lowerTerm } from './lower-term.ts';
import { Lowering } from './lowering.ts';

/**
 * What a search means: the events it begins with, and what becomes of them. Undefined if there was an error; then
 * `complain` was told. Whatever cannot be had is refused, never left out.
 *
 * The `search` commands that it begins with, up to any other command, choose events (`where`); everything behind
 * is a stage.
 */
export function lowerSearch(
  search: Search,
  around: {
    readonly schedule: Schedule;
    readonly lookups: ReadonlyMap<string, LookupDefinition>;
    readonly missingLookup: 'error' | 'warning';
  },
  complain: Complain,
): { readonly where: Expr; readonly transform: Transform } | undefined {
  const lowering = new Lowering(around, complain);
  const other = search.commands.findIndex(({ name }) => name !== 'search');
  const leading = other === -1 ? search.commands.length : other;
  const conditions = search.commands.slice(0, leading).flatMap((command): readonly Expr[] => {
    if (command.name !== 'search') return [];
    refuseComputedFields(command.where, lowering);
    return [lowerTerm(command.where, lowering)];
  });
  const stages = search.commands.slice(leading).flatMap((command) => lowerCommand(command, lowering));
  if (lowering.failed) return undefined;
  return { where: allOf(conditions), transform: { kind: 'transform', schedule: around.schedule, stages } };
}
