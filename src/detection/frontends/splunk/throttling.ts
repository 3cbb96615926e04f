import type { Suppress } from '../../plan/plan.ts';
import type { DetectionSource } from './files/detection-source.ts';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** The step that throttles a detection as its file says (spec/spl.md §5.5); undefined if it does not, or for no time. */
export function throttlingOf({ tags: { throttling } }: DetectionSource): Suppress | undefined {
  if (throttling === undefined || throttling === null) return undefined;
  const { fields, period } = throttling;
  const length = Number(period.slice(0, -1)) * (units[period.slice(-1)] ?? 0);
  return length === 0 ? undefined : { kind: 'suppress', by: fields, period: length };
}
