import { hashOf } from './hash.ts';
import { ownScope } from './own.ts';
import { logRecord, type LogRecord, type Resource } from './record.ts';
import type { Time } from './time.ts';
import type { Attributes } from './value.ts';

/** Something a reader of alerts has to know: what we skipped, could not see, or no longer count. */
export interface Notice {
  /** A word for machines, such as `oversize_line`. */
  readonly kind: string;
  /** A sentence for people. */
  readonly message: string;
  /** What makes this notice this one: equal parts give an equal `log.record.uid`. */
  readonly identity: readonly string[];
  readonly attributes?: Attributes;
  readonly time?: Time;
}

/** The record of a notice: event `riskpipe.notice`, severity WARN (design §8). */
export function noticeRecord(notice: Notice, resource: Resource, observedTime: Time): LogRecord {
  return logRecord({
    time: notice.time ?? observedTime,
    observedTime,
    severityNumber: 13,
    severityText: 'WARN',
    eventName: 'riskpipe.notice',
    body: notice.message,
    attributes: {
      'log.record.uid': hashOf('notice', notice.kind, ...notice.identity),
      'riskpipe.notice.kind': notice.kind,
      ...notice.attributes,
    },
    resource,
    scope: ownScope,
  });
}
