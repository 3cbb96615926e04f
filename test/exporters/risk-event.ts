import { ownScope } from '../../src/record/own.ts';
import { logRecord, type LogRecord } from '../../src/record/record.ts';
import { parseTime } from '../../src/record/time.ts';

const resource = { attributes: { 'k8s.cluster.name': 'harbour' } };

/** A risk event as a detection makes it; `changes` replaces fields. */
export function riskEvent(changes: Partial<LogRecord> = {}): LogRecord {
  return logRecord({
    time: parseTime('2026-04-12T12:30:19.770193Z'),
    observedTime: parseTime('2026-04-12T12:30:20Z') ?? 0n,
    severityNumber: 10,
    severityText: 'low',
    eventName: 'riskpipe.risk_event',
    body: 'Suspicious image web-7c9d.18e pulled by user system:node:n1',
    attributes: {
      'log.record.uid': '5f1c0000000000000000000000000001',
      'riskpipe.detection.id': 'kubernetes-suspicious-image-pulling',
      'security_rule.name': 'Kubernetes suspicious image pulling',
      'risk.score': 20,
      'threat.techniques': [{ id: 'T1526', name: 'Cloud Service Discovery' }],
      'threat.tactics': [{ id: 'TA0007', name: 'Discovery' }],
      'user.name': 'system:node:n1',
      'k8s.namespace.name': 'prod',
      'k8s.pod.name': 'web-7c9d',
      'container.image.name': 'docker.io/evil/xmrig',
      'container.image.tags': ['latest'],
      'client.address': '192.168.67.2',
    },
    resource,
    scope: ownScope,
    ...changes,
  });
}
