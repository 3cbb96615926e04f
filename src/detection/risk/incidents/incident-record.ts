import { clusterAttribute } from '../../../record/cluster.ts';
import { hashOf } from '../../../record/hash.ts';
import { ownScope } from '../../../record/own.ts';
import { logRecord, type LogRecord } from '../../../record/record.ts';
import { formatTime, type Time } from '../../../record/time.ts';
import { bounded, cutText } from '../../bounded.ts';
import type { Finding } from '../../finding.ts';
import type { Severity } from '../severity.ts';

const bands: readonly (readonly [from: number, severity: Severity])[] = [
  [500, { number: 21, text: 'critical' }],
  [250, { number: 17, text: 'high' }],
];
const medium: Severity = { number: 13, text: 'medium' };

/**
 * The record of a risk object whose risk crossed a threshold (design §8): severity by the sum of scores as Splunk ES
 * has it, medium below 250, high below 500 (spec/spl.md §5.6). `risk.events` are the ids of the risk events behind it.
 */
export function incidentRecord(finding: Finding, cluster: string, observedTime: Time): LogRecord {
  const { plan, columns, resource, time, window } = finding;
  const one = (name: string): string => columns.get(name)?.[0] ?? '';
  const score = Number(one('risk_score'));
  const severity = bands.find(([from]) => score >= from)?.[1] ?? medium;
  const [object, type] = [one('object'), one('object_type')];
  const sources = columns.get('sources') ?? [];
  const start = window === undefined ? '' : formatTime(window.start);
  return logRecord({
    time,
    observedTime,
    severityNumber: severity.number,
    severityText: severity.text,
    eventName: 'riskpipe.risk_incident',
    body: `${plan.title}: ${type} ${cutText(object)}, risk ${score} from ${one('risk_event_count')} risk events of ${sources.length === 1 ? '1 detection' : `${one('source_count')} detections`}`,
    attributes: {
      'log.record.uid': hashOf('incident', one('cluster'), plan.id, type, object, formatTime(time)),
      ...clusterAttribute(resource, cluster),
      'riskpipe.detection.id': plan.id,
      'security_rule.name': plan.title,
      'risk.score': score,
      'risk.object.type': type,
      ...bounded({
        'risk.object': object,
        'risk.events': columns.get('risk_events') ?? [],
        'riskpipe.incident.sources': sources,
        'threat.tactics': ids(columns.get('tactics')),
        'threat.techniques': ids(columns.get('techniques')),
      }),
      'finding.count': finding.count,
      'finding.window.start': start,
      'finding.window.end': formatTime(window?.end ?? time),
    },
    resource,
    scope: ownScope,
  });
}

const ids = (texts: readonly string[] = []): readonly { readonly id: string }[] =>
  texts.map((id) => ({ id }));
