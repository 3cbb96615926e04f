import { JsonObject } from '../record/json.ts';
import { broken, event, packed, type Envelope } from './envelope.ts';
import { auditEventOf } from './gke-event.ts';

const kubernetes = 'k8s.io';

/** What a push subscription of Pub/Sub posts: one message, whose data is a document (spec/k8s-audit.md §9). */
export const pubsubPush: Envelope = {
  accepts: (document) => document.get('message') instanceof JsonObject,
  open: (document) => {
    const message = document.get('message');
    const data = message instanceof JsonObject ? message.get('data') : undefined;
    return [packed(data, 'the message has no text as its "data"')];
  },
};

/**
 * An entry of Cloud Logging. Of the audit log of GKE, whose entries are no audit events but tell most of what those
 * say; entries of other logs and services are passed over.
 */
export const logEntry: Envelope = {
  accepts: (document) =>
    typeof document.get('logName') === 'string' && typeof document.get('insertId') === 'string',
  open: (document) => {
    const payload = document.get('protoPayload');
    if (!(payload instanceof JsonObject) || payload.get('serviceName') !== kubernetes) return [];
    const text = auditEventOf(document, payload);
    return [text === undefined ? broken('an entry has no "methodName" and "timestamp"') : event(text)];
  },
};
