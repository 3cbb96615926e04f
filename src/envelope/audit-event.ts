import { JsonObject } from '../record/json.ts';
import { broken, event, type Envelope } from './envelope.ts';

/** An audit event that nothing is wrapped around: no other document has these fields (spec/k8s-audit.md §1). */
export const auditEvent: Envelope = {
  accepts: (document) => typeof document.get('auditID') === 'string',
  open: (document) => [event(document.text)],
};

/** Any object at all: whoever configured it knows that events come in it as they are. */
export const anyObject: Envelope = {
  accepts: () => true,
  open: (document) => [event(document.text)],
};

/** The `EventList` of an audit webhook; its items are events without `kind` (spec/k8s-audit.md §5). */
export const eventList: Envelope = {
  accepts: (document) => document.get('kind') === 'EventList' && Array.isArray(document.get('items')),
  *open(document) {
    const items = document.get('items');
    if (!Array.isArray(items)) return;
    for (const item of items) {
      yield item instanceof JsonObject ? event(item.text) : broken('an item of its list is no object');
    }
  },
};
