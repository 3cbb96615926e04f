import { gzipSync } from 'node:zlib';

/** An audit event as an API server writes it, with more of its own fields. */
export const auditEvent = (auditID: string, more: object = {}): string =>
  JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    auditID,
    stage: 'ResponseComplete',
    ...more,
  });

/** What CloudWatch Logs delivers for messages of one stream; that of an EKS audit log unless it is named. */
export const subscription = (messages: readonly unknown[], more: object = {}): string =>
  JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/aws/eks/prod/cluster',
    logStream: 'kube-apiserver-audit-0123456789abcdef0123456789abcdef',
    subscriptionFilters: ['audit'],
    logEvents: messages.map((message, index) => ({
      id: String(index),
      timestamp: 1_775_997_019_770,
      message,
    })),
    ...more,
  });

/** What Firehose posts for records of these bytes. */
export const firehose = (records: readonly (string | Buffer)[], timestamp = 1_775_997_019_770): string =>
  JSON.stringify({
    requestId: 'ed4acda5-034f-9f42-bba1-f29aea6d7d8f',
    timestamp,
    records: records.map((record) => ({ data: Buffer.from(record).toString('base64') })),
  });

/** What an Event Hub has for logs of one category. */
export const azureRecords = (logs: readonly unknown[], category = 'kube-audit'): string =>
  JSON.stringify({
    records: logs.map((log) => ({ category, time: '2026-04-12T12:30:19Z', properties: { log } })),
  });

/** What Pub/Sub pushes for a message. */
export const pubsubPush = (data: string | Buffer, attempt = 1): string =>
  JSON.stringify({
    message: { data: Buffer.from(data).toString('base64'), messageId: '1', attributes: {} },
    subscription: 'projects/p/subscriptions/s',
    deliveryAttempt: attempt,
  });

/** Text in base64 of what gzip makes of it. */
export const packedText = (text: string): string => gzipSync(text).toString('base64');
