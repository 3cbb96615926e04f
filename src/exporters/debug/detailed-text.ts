import { formatTime } from '../../record/time.ts';
import type { LogRecord } from '../../record/record.ts';
import type { Attributes } from '../../record/value.ts';
import { normalText } from './normal-text.ts';
import type { Screen } from './screen.ts';
import { shownValue } from './shown-value.ts';

/** What `normal` shows, then everything that the record carries, one thing a line, nothing shortened. */
export function detailedText(record: LogRecord, screen: Screen): string {
  const { scope, severityText, severityNumber } = record;
  const fields = {
    event_name: record.eventName,
    body: record.body,
    time: record.time === undefined ? '' : formatTime(record.time),
    observed_time: formatTime(record.observedTime),
    severity: `${severityText} (${severityNumber})`.trim(),
    trace_id: record.traceId,
    span_id: record.spanId,
    flags: record.flags === 0 ? '' : record.flags,
    scope: `${scope.name} ${scope.version}`.trim(),
  };
  const lines = [
    ...section('record', fields),
    ...section('attributes', record.attributes),
    ...section('scope attributes', scope.attributes),
    ...section('resource', record.resource.attributes),
  ];
  return `${normalText(record, screen)}${lines.map((line) => `${screen.style.dim(line)}\n`).join('')}`;
}

/** A heading and its entries, names padded to one width; nothing if all are empty. */
function section(heading: string, attributes: Attributes): readonly string[] {
  const entries = Object.entries(attributes).filter(([, value]) => value !== '');
  if (entries.length === 0) return [];
  const names = entries.map(([name]) => shownValue(name));
  const width = Math.min(40, Math.max(...names.map((name) => name.length)));
  const lines = entries.map(
    ([, value], at) => `           ${(names[at] ?? '').padEnd(width)}  ${shownValue(value)}`,
  );
  return [`         ${heading}`, ...lines];
}
