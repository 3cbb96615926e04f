import { JsonObject } from '../record/json.ts';
import { broken, event, type Content, type Envelope } from './envelope.ts';

/** Of the diagnostic settings of AKS; other categories in the same hub hold other logs (spec/k8s-audit.md §9). */
const categories = new Set(['kube-audit', 'kube-audit-admin']);

/** The records of diagnostic settings, as an Event Hub has them. */
export const azureRecords: Envelope = {
  accepts: (document) => Array.isArray(document.get('records')),
  *open(document) {
    const records = document.get('records');
    for (const record of Array.isArray(records) ? records : []) {
      if (record instanceof JsonObject) yield* contentsOf(record);
      else yield broken('a record is no object');
    }
  },
};

/** One such record by itself, as a storage account has them, one a line. */
export const azureRecord: Envelope = {
  accepts: (document) =>
    typeof document.get('category') === 'string' && document.get('properties') instanceof JsonObject,
  open: (document) => contentsOf(document),
};

function* contentsOf(record: JsonObject): Generator<Content, void> {
  const category = record.get('category');
  if (typeof category !== 'string') {
    yield broken('a record has no "category"');
    return;
  }
  if (!categories.has(category.toLowerCase())) return;
  const properties = record.get('properties');
  const log = properties instanceof JsonObject ? properties.get('log') : undefined;
  // Some collectors have made an object of the text.
  if (log instanceof JsonObject) yield event(log.text);
  else if (typeof log === 'string') yield event(log.trimEnd());
  else yield broken('a record of the audit log has no "properties.log"');
}
