import { allOf } from '../plan/combine.ts';
import type { Expr } from '../plan/expr.ts';
import type { Needs } from '../plan/plan.ts';

const levels = ['Metadata', 'Request', 'RequestResponse'];

/** What lines are tried for to tell whether a plan is starved: an event for which ... */
export interface Probes {
  /** ... the plan can see: it needs no further one. */
  readonly enough: Expr;
  /** ... the resource is the one that it needs; the level is too low, if it is not `enough`. Undefined if any will do. */
  readonly below: Expr | undefined;
  /** ... something else was written: the log is not just a quiet one. */
  readonly written: Expr;
}

export function probesFor({ resource, level }: Needs): Probes {
  const high = oneOf('level', levels.slice(levels.indexOf(level)));
  const same = resource === undefined ? undefined : oneOf('objectRef.resource', [resource]);
  // Leases are written all the time, by an idle cluster too: they say nothing about what else is logged.
  const ignored = oneOf('objectRef.resource', ['leases', ...(resource === undefined ? [] : [resource])]);
  return {
    enough: same ? allOf([same, high]) : high,
    below: same,
    written: allOf([oneOf('verb', ['create', 'update', 'patch', 'delete']), { kind: 'not', item: ignored }]),
  };
}

const oneOf = (name: string, values: readonly string[]): Expr => ({
  kind: 'test',
  field: { name, arrays: 'hidden' },
  test: { op: 'equals', values, fold: false },
});
