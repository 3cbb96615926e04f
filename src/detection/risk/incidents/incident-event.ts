import { clusterOf } from '../../../record/cluster.ts';
import type { LogRecord } from '../../../record/record.ts';
import { formatTime } from '../../../record/time.ts';
import type { Value } from '../../../record/value.ts';

/** The name of the records that incidents are made of. */
export const riskEventName = 'riskpipe.risk_event';

/**
 * A risk event as the incident rules read it: one line of JSON. `cluster` counts where the resource does not name its
 * own: users of two clusters are two risk objects.
 */
export function incidentEvent(
  { time, observedTime, attributes, resource }: LogRecord,
  cluster: string,
): string {
  return JSON.stringify({
    stageTimestamp: formatTime(time ?? observedTime),
    cluster: clusterOf(resource, cluster),
    object: attributes['risk.object'],
    object_type: attributes['risk.object.type'],
    score: attributes['risk.score'],
    source: attributes['security_rule.name'],
    tactics: idsOf(attributes['threat.tactics']),
    techniques: idsOf(attributes['threat.techniques']),
    uid: attributes['log.record.uid'],
  });
}

/** `threat.tactics` and `threat.techniques` are lists of `{id, name}` (`ruleAttributes`). */
function idsOf(listed: Value | undefined): readonly string[] {
  if (!Array.isArray(listed)) return [];
  const ids = listed.map((item: Value) =>
    typeof item === 'object' && item !== null && 'id' in item ? item['id'] : undefined,
  );
  return ids.filter((id) => typeof id === 'string');
}
