import { JsonObject } from '../record/json.ts';
import { broken, event, packed, type Envelope } from './envelope.ts';

/** Streams of the log group of an EKS cluster in which every message is an audit event. */
const auditStream = 'kube-apiserver-audit-';

/** What a subscription of CloudWatch Logs delivers (spec/k8s-audit.md §9, EKS). */
export const cloudwatchLogs: Envelope = {
  accepts: (document) =>
    typeof document.get('messageType') === 'string' && Array.isArray(document.get('logEvents')),
  *open(document) {
    // It tells whether the destination can be reached, and holds no events.
    if (document.get('messageType') === 'CONTROL_MESSAGE') return;
    const events = document.get('logEvents');
    const stream = document.get('logStream');
    const isAudit = typeof stream === 'string' && stream.startsWith(auditStream);
    for (const one of Array.isArray(events) ? events : []) {
      const message = one instanceof JsonObject ? one.get('message') : undefined;
      if (typeof message !== 'string') yield broken('a log event has no text as its "message"');
      // Components that are no API server write plain text to the same group.
      else if (isAudit || /^\s*\{/.test(message)) yield event(message);
    }
  },
};

/** What Firehose posts to an HTTP endpoint; each record is a document of its own, as its source wrote it. */
export const firehoseDelivery: Envelope = {
  accepts: (document) =>
    typeof document.get('requestId') === 'string' && Array.isArray(document.get('records')),
  *open(document) {
    const records = document.get('records');
    for (const record of Array.isArray(records) ? records : []) {
      const data = record instanceof JsonObject ? record.get('data') : undefined;
      yield packed(data, 'a record has no text as its "data"');
    }
  },
};

/** What a subscription hands to a Lambda function: the same document, packed (spec/k8s-audit.md §9). */
export const lambdaEvent: Envelope = {
  accepts: (document) => document.get('awslogs') instanceof JsonObject,
  open: (document) => {
    const logs = document.get('awslogs');
    const data = logs instanceof JsonObject ? logs.get('data') : undefined;
    return [packed(data, 'there is no text as "awslogs.data"')];
  },
};
