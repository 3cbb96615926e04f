import { hashOf } from '../../record/hash.ts';
import { ownScope } from '../../record/own.ts';
import { logRecord, type LogRecord } from '../../record/record.ts';
import type { Attributes, Value } from '../../record/value.ts';

/** What a stub still says of its record: enough to find the original and to judge how urgent that is. */
const kept = [
  'log.record.uid',
  'security_rule.name',
  'security_rule.uuid',
  'risk.score',
  'risk.object',
  'risk.object.type',
  'riskpipe.notice.kind',
  'k8s.cluster.name',
];

/** A text that is kept has at most so many characters. */
const longest = 256;

/**
 * What a backend gets in place of a record that is larger than it takes (spec/reliability.md §2.3 W18): the same
 * `log.record.uid`, and `riskpipe.original.size` and `riskpipe.original.hash` (of the stored text `stored`), by which
 * the original is found among the dead letters.
 */
export function stubOf(record: LogRecord, stored: string): LogRecord {
  const size = Buffer.byteLength(stored);
  return logRecord({
    time: record.time,
    observedTime: record.observedTime,
    severityNumber: record.severityNumber,
    severityText: short(record.severityText),
    eventName: short(record.eventName),
    body: `a record of ${size} bytes is larger than the backend takes; it is kept as a dead letter`,
    attributes: {
      ...selected(record.attributes),
      'riskpipe.original.size': size,
      'riskpipe.original.hash': hashOf(stored),
    },
    resource: { attributes: selected(record.resource.attributes) },
    scope: ownScope,
  });
}

function selected(attributes: Attributes): Attributes {
  const found: Record<string, Value> = {};
  for (const key of kept) {
    const value = attributes[key];
    if (typeof value === 'string') found[key] = short(value);
    else if (typeof value === 'number' || typeof value === 'bigint') found[key] = value;
  }
  return found;
}

const short = (text: string): string => text.slice(0, longest);
