import { clusterAttribute, clusterOf } from './cluster.ts';
import { hashOf } from './hash.ts';
import { ownScope } from './own.ts';
import { logRecord, type LogRecord, type Resource } from './record.ts';
import type { Time } from './time.ts';
import type { Attributes } from './value.ts';

/** Something a reader of alerts has to know: what we skipped, could not see, or no longer count. */
export interface Notice {
  /** A word for machines, such as `oversize_line`. */
  readonly kind: string;
  /** A sentence for people. It is logged as well: what an event says goes into `attributes` only. */
  readonly message: string;
  /** What makes this notice this one, within its cluster: equal parts give an equal `log.record.uid`. */
  readonly identity: readonly string[];
  readonly attributes?: Attributes;
  /** When it happened, by event time; left out if only we know of it. */
  readonly time?: Time;
}

/**
 * The record of a notice: event `riskpipe.notice`, severity WARN (design §8). `cluster` counts for its id where the
 * resource does not name its own.
 */
export function noticeRecord(
  notice: Notice,
  resource: Resource,
  observedTime: Time,
  cluster = '',
): LogRecord {
  return logRecord({
    time: notice.time,
    observedTime,
    severityNumber: 13,
    severityText: 'WARN',
    eventName: 'riskpipe.notice',
    body: notice.message,
    attributes: {
      'log.record.uid': hashOf('notice', clusterOf(resource, cluster), notice.kind, ...notice.identity),
      'riskpipe.notice.kind': notice.kind,
      ...clusterAttribute(resource, cluster),
      ...notice.attributes,
    },
    resource,
    scope: ownScope,
  });
}
