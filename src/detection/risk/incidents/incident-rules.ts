import type { Expr, Test } from '../../plan/expr.ts';
import type { FieldRef } from '../../plan/field.ts';
import type { Measure, Plan } from '../../plan/plan.ts';

/** What turns many risk events of one risk object into an incident. Durations in milliseconds of event time. */
export interface IncidentRules {
  /** The sum of scores is above `score`. */
  readonly risk_threshold: { readonly window: number; readonly score: number } | undefined;
  /** At least `tactics` ATT&CK tactics, from at least `sources` detections. */
  readonly tactic_threshold:
    { readonly window: number; readonly tactics: number; readonly sources: number } | undefined;
}

/** Risk events may come out of order, from several logs: so much later one still counts. */
const lateness = 3_600_000;

/**
 * The incident rules as plans over risk events (`incidentEvent`). As Splunk ES ships them (spec/spl.md §5.6): strictly
 * above the score, tactics and sources at least; throttled on the risk object for the length of the window.
 */
export function incidentPlans({
  risk_threshold: risk,
  tactic_threshold: tactic,
}: IncidentRules): readonly Plan[] {
  const plans: Plan[] = [];
  if (risk !== undefined) {
    const above = atLeast('risk_score', '>', risk.score);
    plans.push(planOf('risk-threshold', 'Risk threshold exceeded', anyEvent, risk.window, above));
  }
  if (tactic !== undefined) {
    const enough: Expr = {
      kind: 'and',
      items: [atLeast('tactic_count', '>=', tactic.tactics), atLeast('source_count', '>=', tactic.sources)],
    };
    const named = { kind: 'test', field: field('tactics'), test: { op: 'exists' } } as const;
    plans.push(planOf('tactic-threshold', 'ATT&CK tactic threshold exceeded', named, tactic.window, enough));
  }
  return plans;
}

const anyEvent: Expr = { kind: 'and', items: [] };

const field = (name: string): FieldRef => ({ name, arrays: 'hidden' });

function atLeast(column: string, comparison: '>' | '>=', value: number): Expr {
  const test: Test = { op: 'compare', comparison, value };
  return { kind: 'test', field: field(column), test };
}

function planOf(id: string, title: string, where: Expr, window: number, having: Expr): Plan {
  const measure = (as: string, of: Measure['of'], name?: string): Measure => ({
    as,
    of,
    field: name === undefined ? undefined : field(name),
  });
  return {
    id,
    title,
    about: {
      uuid: '',
      version: '1',
      status: 'production',
      description: '',
      references: [],
      attack: [],
      story: [],
      domain: 'threat',
      license: '',
      annotations: {},
      drilldowns: [],
      needs: undefined,
    },
    origin: { frontend: 'incidents', file: '', line: 0 },
    mode: 'streaming',
    where,
    steps: [
      {
        kind: 'aggregate',
        by: ['cluster', 'object', 'object_type'].map((name) => ({
          field: field(name),
          as: name,
          default: '',
        })),
        measures: [
          measure('risk_score', 'sum', 'score'),
          measure('risk_event_count', 'count'),
          measure('tactic_count', 'distinct', 'tactics'),
          measure('source_count', 'distinct', 'source'),
          measure('tactics', 'values', 'tactics'),
          measure('techniques', 'values', 'techniques'),
          measure('sources', 'values', 'source'),
          measure('risk_events', 'values', 'uid'),
        ],
        window: { kind: 'sliding', length: window, lateness },
        emit: 'first',
      },
      { kind: 'having', where: having },
    ],
    risk: undefined,
  };
}
