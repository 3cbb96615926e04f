import type { Backend } from '../e2e/backend.ts';
import type { Delivered } from '../e2e/otlp-json.ts';
import { imbalances, total, type Report } from '../e2e/report.ts';
import { judge, type Judged } from '../e2e/verdict.ts';
import type { FaultRow } from './fault-row.ts';

/** What one fault test saw: how often its fault really struck, and everything that should not be. */
export class FaultVerdict {
  /** How often the fault struck: a run in which it never did proves nothing. */
  fired = 0;
  /** Deliveries beyond the first of a record. Reported, not a failure. */
  redelivered = 0;
  readonly lost: string[] = [];
  readonly unexpected: string[] = [];
  readonly wrong: string[] = [];
  readonly unaccounted: string[] = [];

  /**
   * Holds what `backend` got against what was written. `notices`: the kinds of notices that the fault has to or may
   * cause; any other is unexpected.
   */
  hold(expected: ReadonlyMap<string, Judged>, backend: Backend, notices: readonly string[] = []): void {
    const records = backend.records.filter((record) => !notices.includes(noticeKind(record)));
    const { lost, unexpected, wrong, duplicated } = judge(expected, records);
    this.lost.push(...lost);
    this.unexpected.push(...unexpected);
    this.wrong.push(...wrong, ...backend.wrong, ...duplicated.map((key) => `${key} has two ids`));
    this.redelivered += backend.redelivered;
  }

  /** Holds the counters against each other, and against the number of lines that were written. */
  account(report: Report, lines: number): void {
    const read = total(report, 'lines');
    if (read !== lines) this.unaccounted.push(`${read} lines were counted, ${lines} were written`);
    this.unaccounted.push(...imbalances(report));
  }

  get row(): FaultRow {
    const { fired, lost, unexpected, wrong, redelivered, unaccounted } = this;
    return {
      fired,
      lost: lost.length,
      unexpected: unexpected.length,
      wrong: wrong.length,
      redelivered,
      unaccounted: unaccounted.length,
    };
  }

  /** What is wrong, with the first few of each kind; all empty if nothing is. */
  get complaints(): Readonly<Record<'lost' | 'unexpected' | 'wrong' | 'unaccounted', readonly string[]>> {
    return {
      lost: fewOf(this.lost),
      unexpected: fewOf(this.unexpected),
      wrong: fewOf(this.wrong),
      unaccounted: fewOf(this.unaccounted),
    };
  }
}

/** The kind of a notice; empty for any other record. */
export function noticeKind({ eventName, attributes }: Delivered): string {
  return eventName === 'riskpipe.notice' ? String(attributes['riskpipe.notice.kind']) : '';
}

const most = 10;

const fewOf = (all: readonly string[]): readonly string[] =>
  all.length <= most ? all : [...all.slice(0, most), `and ${all.length - most} more`];
