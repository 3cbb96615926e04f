import type { LogRecord } from '../../record/record.ts';
import { epochText } from '../../record/time.ts';
import { toJson } from '../../record/to-json.ts';
import type { Value } from '../../record/value.ts';
import { addAttributes, isMap, type FlatFields } from './flat-fields.ts';
import { addRiskFields, searchName } from './risk-fields.ts';

/** What every event says, unless it is undefined. */
export interface EventMetadata {
  readonly source: string | undefined;
  readonly sourcetype: string | undefined;
  readonly index: string | undefined;
}

/**
 * `record` as HEC takes it: one JSON object. Time is in epoch seconds, the body is `event`, everything else is in
 * `fields`, with the Collector's names (spec/collector.md §8.2) and, of a risk event, also those of Splunk ES.
 *
 * The resource of a record says which index and source the log came from, not where a risk event belongs: of it only
 * `host.name` becomes metadata.
 */
export function hecEvent(record: LogRecord, metadata: EventMetadata): string {
  const host = record.resource.attributes['host.name'];
  const said: readonly (readonly [string, Value | undefined])[] = [
    ['host', typeof host === 'string' && host !== '' ? host : undefined],
    ['source', metadata.source ?? ownSource(record)],
    ['sourcetype', metadata.sourcetype],
    ['index', metadata.index],
    ['event', eventOf(record)],
    ['fields', Object.fromEntries(fieldsOf(record))],
  ];
  const members = said.flatMap(([name, value]) =>
    value === undefined ? [] : [`"${name}":${toJson(value)}`],
  );
  // As text: HEC refuses a time with an exponent.
  const json = `{"time":${epochText(record.time ?? record.observedTime)},${members.join(',')}}`;
  return json.replace(loneSurrogate, '$1\ufffd');
}

/** JSON writes half of a pair as an escape, which readers that want UTF-8 refuse. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** Risk rules of Splunk ES count sources, which are searches. */
function ownSource({ attributes, eventName, scope }: LogRecord): string | undefined {
  const rule = attributes['security_rule.name'];
  const ofSearch = eventName === 'riskpipe.risk_event' || eventName === 'riskpipe.finding';
  if (ofSearch && typeof rule === 'string') return searchName(rule);
  return scope.name === '' ? undefined : scope.name;
}

/** HEC takes text and maps, and refuses what is blank. */
function eventOf({ body, eventName }: LogRecord): Value {
  if (isMap(body) && Object.keys(body).length > 0) return body;
  const text = typeof body === 'string' ? body : toJson(body);
  const blank = isMap(body) || body === null || text.trim() === '';
  return blank ? eventName.trim() || '(empty)' : text;
}

function fieldsOf(record: LogRecord): FlatFields {
  const { attributes, resource, eventName, severityNumber, severityText, traceId, spanId } = record;
  const fields: FlatFields = new Map();
  const { 'host.name': _host, ...origin } = resource.attributes;
  addAttributes(fields, origin);
  addAttributes(fields, attributes);
  for (const [name, text] of [
    ['otel.log.name', eventName],
    ['otel.log.severity.text', severityText],
    ['trace_id', traceId],
    ['span_id', spanId],
  ] as const) {
    if (text !== '') fields.set(name, text);
  }
  if (severityNumber !== 0) fields.set('otel.log.severity.number', severityNumber);
  if (eventName === 'riskpipe.risk_event') addRiskFields(fields, attributes);
  return fields;
}
