import { unreachable } from '../../util/assert.ts';
import type { Expr } from './expr.ts';
import type { FieldRef } from './field.ts';
import type { Needs, Plan } from './plan.ts';
import type { Stage } from './transform.ts';

const levels = ['Metadata', 'Request', 'RequestResponse'] as const;

/** What every event has for which an expression holds. */
interface Required {
  /** Index of the audit level that logs it. */
  readonly level: number;
  /** The resource is one of these; undefined if it may be any. */
  readonly resources: Resources;
}

type Resources = ReadonlySet<string> | undefined;

const nothing: Required = { level: 0, resources: undefined };

/**
 * What the audit policy has to log for a plan ever to find anything (spec/k8s-audit.md §7): the level that brings a
 * body it cannot do without, and the resource if it looks at one only. Undefined if it needs no body.
 */
export function neededBy({ where, steps, mode }: Pick<Plan, 'where' | 'steps' | 'mode'>): Needs | undefined {
  const stages = steps.flatMap((step) => (step.kind === 'transform' ? step.stages : []));
  const conditions = [where, ...conditionsOf(stages, mode)];
  const { level, resources } = conditions.map((item) => requiredBy(item, false)).reduce(both, nothing);
  if (level === 0) return undefined;
  const [only, ...others] = resources ?? [];
  return { resource: others.length === 0 ? only : undefined, level: levels[level] ?? 'RequestResponse' };
}

/** What events must satisfy for a row to pass the stages, as far as they test and group by fields of the event. */
function conditionsOf(stages: readonly Stage[], mode: Plan['mode']): readonly Expr[] {
  const conditions: Expr[] = [];
  for (const stage of stages) {
    if (stage.kind === 'filter') conditions.push(stage.where);
    else if (stage.kind === 'stats') return [...conditions, ...stage.by.map(exists)];
    // In a window where no event has a column nothing fills it (spec/spl.md §3.1); streaming, each row is filled.
    else if (stage.kind === 'fill' ? mode === 'streaming' : stage.kind !== 'locate') break;
  }
  return conditions;
}

const exists = (name: string): Expr => ({
  kind: 'test',
  field: { name, arrays: 'marked' },
  test: { op: 'exists' },
});

/** What has to be there for `expr` to be true; if `negated`, for it to be false. */
function requiredBy(expr: Expr, negated: boolean): Required {
  switch (expr.kind) {
    case 'and':
    case 'or': {
      const items = expr.items.map((item) => requiredBy(item, negated));
      return (expr.kind === 'and') === negated ? anyOf(items) : items.reduce(both, nothing);
    }
    case 'not':
      return requiredBy(expr.item, !negated);
    case 'test':
      // A missing field is what makes a test false most easily.
      return negated ? nothing : { level: levelOf(expr.field), resources: resourcesOf(expr) };
    default:
      return unreachable(expr);
  }
}

function levelOf({ name }: FieldRef): number {
  const [root] = name.split(/[.{]/, 1);
  if (root === 'responseObject') return 2;
  return root === 'requestObject' ? 1 : 0;
}

function resourcesOf({ field, test }: Expr & { readonly kind: 'test' }): Resources {
  if (field.name !== 'objectRef.resource' || test.op !== 'equals') return undefined;
  return new Set(test.fold ? test.values.map((value) => value.toLowerCase()) : test.values);
}

const both = (a: Required, b: Required): Required => ({
  level: Math.max(a.level, b.level),
  resources: common(a.resources, b.resources),
});

const common = (a: Resources, b: Resources): Resources =>
  a && b ? new Set([...a].filter((name) => b.has(name))) : (a ?? b);

const either = (a: Required, b: Required): Required => ({
  level: Math.min(a.level, b.level),
  resources: a.resources && b.resources && new Set([...a.resources, ...b.resources]),
});

/** Of no items at all none is ever true: that is not for want of an event. */
function anyOf([first, ...others]: readonly Required[]): Required {
  return first === undefined ? nothing : others.reduce(either, first);
}
