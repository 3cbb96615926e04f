import type { LogRecord } from '../record/record.ts';

/** What came of some lines. */
export interface Evaluation {
  /**
   * Risk events, findings of detections without a score, and notices, as an exporter is given them: `eventName` is
   * `riskpipe.risk_event`, `riskpipe.finding` or `riskpipe.notice`, and equal ones have an equal `log.record.uid`.
   */
  readonly records: readonly LogRecord[];
  /** The lines that are no events, in order. */
  readonly malformed: readonly MalformedLine[];
}

/** A line that is no event. */
export interface MalformedLine {
  /** Among the lines of the call, from 0. */
  readonly index: number;
  readonly reason: string;
}
