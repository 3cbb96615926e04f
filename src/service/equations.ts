import type { Store } from '../store/store.ts';
import type { PipelineConfig } from './config/config.ts';
import type { Report } from './counts.ts';
import { fed } from './feeding.ts';
import { stateName } from './graph.ts';

/** One of the sums of design §3 by which nothing is lost silently. */
export interface Equation {
  /** `logs: lines read`, say. */
  readonly what: string;
  readonly total: number;
  /** What adds up to `total`, by name. */
  readonly parts: Readonly<Record<string, number>>;
  readonly holds: boolean;
}

/**
 * The equations of design §3 on what is committed: per pipeline lines read = evaluated + malformed + oversize, per
 * detection evaluated = unmatched + allowed + counted and findings = emitted + suppressed, per exporter records =
 * delivered + queued + dead + dropped + suppressed. `counted` and `store` are of one moment.
 */
export function equations(
  pipelines: ReadonlyMap<string, PipelineConfig>,
  counted: Report,
  store: Pick<Store, 'get' | 'scan'>,
): readonly Equation[] {
  const lines = [...pipelines].flatMap(([id, pipeline]) => ofLines(id, pipeline, counted, store));
  const detections = Object.values(counted.processors).flatMap((processor) =>
    Object.entries(processor.detections).flatMap(([id, of]) => [
      equation(`${id}: lines evaluated`, of['evaluated'], of, ['unmatched', 'allowed', 'counted']),
      equation(`${id}: findings`, of['findings'], of, ['emitted', 'suppressed']),
    ]),
  );
  const ends = ['delivered', 'queued', 'dead', 'dropped', 'suppressed'];
  const exporters = Object.entries(counted.exporters).map(([id, of]) =>
    equation(`${id}: records`, of['records'], of, ends),
  );
  return [...lines, ...detections, ...exporters];
}

/** None for a pipeline without processors, in which nothing is evaluated. */
function ofLines(
  id: string,
  { receivers, processors: [first] }: PipelineConfig,
  { processors }: Report,
  store: Pick<Store, 'get' | 'scan'>,
): readonly Equation[] {
  const processor = first === undefined ? undefined : processors[stateName(id, first)];
  if (processor === undefined) return [];
  const { lines, oversize } = fed(store, id, receivers);
  return [
    equation(`${id}: lines read`, lines, { ...processor.lines, oversize }, [
      'evaluated',
      'malformed',
      'oversize',
    ]),
  ];
}

function equation(
  what: string,
  total: number | undefined = 0,
  of: Readonly<Record<string, number>>,
  names: readonly string[],
): Equation {
  const parts = Object.fromEntries(names.map((name) => [name, of[name] ?? 0]));
  const sum = Object.values(parts).reduce((left, right) => left + right, 0);
  return { what, total, parts, holds: sum === total };
}
