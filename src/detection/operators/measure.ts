import type { Time } from '../../record/time.ts';
import type { Stored } from '../../store/store.ts';
import { unreachable } from '../../util/assert.ts';
import type { Measure } from '../plan/plan.ts';
import { distinctFold, extremeFold, timedFold, valuesFold, type Fold } from './fold.ts';
import { sumFold } from './number-folds.ts';
import type { Row } from './row.ts';

/** A measure of a group: made from one row, joined with what was held, read as texts. What it holds is plain JSON. */
export interface CompiledMeasure {
  /** Name of the column. */
  readonly as: string;
  /** Of one row that is in the group `times` times. */
  of(row: Row, times: number, time: Time): Stored;
  /** Of the rows of both. Associative; `a` came first. */
  merge(a: Stored, b: Stored): Stored;
  /** As the column shows it; empty if there is nothing to show. */
  texts(held: Stored): readonly string[];
  /** A bound was reached: the column no longer holds all of it. */
  cut(held: Stored): boolean;
}

/** At most `limit` distinct values are held exactly (`values`, `distinct`). */
export function compileMeasure(measure: Measure, limit: number): CompiledMeasure {
  switch (measure.of) {
    case 'count':
      return compiled(measure, {
        of: (texts, times) => (measure.field === undefined ? 1 : texts.length) * times,
        merge: (a: number, b) => a + b,
        texts: (held) => [String(held)],
      });
    case 'sum':
      return compiled(measure, sumFold);
    case 'distinct':
      return compiled(measure, distinctFold(limit));
    case 'values':
      return compiled(measure, valuesFold(limit));
    case 'min':
      return compiled(measure, extremeFold(-1));
    case 'max':
      return compiled(measure, extremeFold(1));
    case 'first':
      return compiled(measure, timedFold('first'));
    case 'last':
      return compiled(measure, timedFold('last'));
    default:
      return unreachable(measure.of);
  }
}

function compiled<Held extends Stored>({ as, field }: Measure, fold: Fold<Held>): CompiledMeasure {
  return {
    as,
    of: (row, times, time) => fold.of(field === undefined ? [] : row.kept(field), times, time),
    // What is held under this measure was made by it: the state of another definition lies in another table.
    merge: (a, b) => fold.merge(a as Held, b as Held),
    texts: (held) => fold.texts(held as Held),
    cut: (held) => fold.cut?.(held as Held) ?? false,
  };
}
