import { shown } from '../operators/sealed.ts';
import { calcColumns } from '../plan/calc-columns.ts';
import { describeStage } from '../plan/describe-stage.ts';
import type { Filter, Keep } from '../plan/transform.ts';
import { columnChanges, pairText } from './column-changes.ts';
import { explainExpr } from './explain-expr.ts';
import { plainLine, type ExplanationLine } from './explanation.ts';
import type { StageTrace } from './trace-stages.ts';

/** The lines of one stage, which has a number: which term of a condition decided, or which columns it changed. */
export function explainStage(trace: StageTrace, number: number): readonly ExplanationLine[] {
  const { stage, before, after } = trace;
  const text = `${number}. ${describeStage(stage)}`;
  if (before.length > 0 && (stage.kind === 'filter' || stage.kind === 'keep')) {
    return conditionLines(stage, trace, text);
  }
  const line = plainLine('stage', text);
  if (before.length > 0 && after.length === 0) {
    return [{ ...line, holds: false, seen: [whyNothing(trace) ?? 'nothing is left'] }];
  }
  return [line, ...columnChanges(trace).map((change) => plainLine('stage', change, 1))];
}

function conditionLines(
  stage: Filter | Keep,
  { before, after }: StageTrace,
  text: string,
): readonly ExplanationLine[] {
  const [row = new Map<string, readonly string[]>()] = before;
  const line = { ...plainLine('stage', text), holds: after.length > 0 };
  if (before.length > 1) return [{ ...line, seen: [`${after.length} of ${before.length} rows`] }];
  const valuesOf = (name: string): readonly string[] => shown(row.get(name) ?? []);
  if (stage.kind === 'keep') {
    return [{ ...line, seen: [...calcColumns(stage.where)].map((name) => pairText([name, valuesOf(name)])) }];
  }
  const { where } = stage;
  if (where.kind === 'test') return [{ ...line, seen: valuesOf(where.field.name) }];
  return [
    line,
    ...explainExpr(where, ({ name }) => row.get(name) ?? [], { part: 'stage', depth: 1, show: shown }),
  ];
}

/** Why a stage that groups rows lets none of them pass: columns that they lack. Undefined for all other stages. */
export function whyNothing({ stage, before }: StageTrace): string | undefined {
  if (stage.kind !== 'stats' && stage.kind !== 'dedup') return undefined;
  const missing = stage.by.filter((name) => before.every((row) => !row.has(name)));
  return missing.length === 0 ? undefined : `lacks ${missing.map((name) => `"${name}"`).join(' and ')}`;
}
