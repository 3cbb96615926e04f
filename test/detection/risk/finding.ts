import type { Finding } from '../../../src/detection/finding.ts';
import type { Plan, Risk } from '../../../src/detection/plan/plan.ts';
import { parseTime, type Time } from '../../../src/record/time.ts';

export const at = (text: string): Time => parseTime(text) ?? 0n;

export const risk: Risk = {
  message: [
    'image ',
    { column: 'objectRef.name', written: '{objectRef.name}' },
    ' from ',
    { column: 'src_ip', written: '{src_ip}' },
    ' by ',
    { column: 'user', written: '{user}' },
  ],
  objects: [{ field: 'user', type: 'user', score: 20, impact: 50, confidence: 40 }],
  threats: [{ field: 'src_ip', type: 'ip_address' }],
};

export const plan: Plan = {
  id: 'suspicious-pull',
  title: 'Suspicious pull',
  about: {
    uuid: '4d3a17b3-0a6d-4ae0-9421-46623a69c122',
    version: '3',
    status: 'production',
    description: 'A node pulls an image that nobody knows.',
    references: ['https://example.org/a', 'https://example.org/b'],
    attack: [
      { id: 'T1526', name: 'Cloud Service Discovery', tactics: [{ id: 'TA0007', name: 'Discovery' }] },
      { id: 'T1046', name: 'Network Service Discovery', tactics: [{ id: 'TA0007', name: 'Discovery' }] },
    ],
    story: ['Kubernetes Security'],
    domain: 'network',
    license: 'Apache-2.0',
    annotations: {},
    drilldowns: [],
    needs: undefined,
  },
  origin: { frontend: 'native', file: 'pull.yaml', line: 1 },
  mode: 'streaming',
  where: { kind: 'and', items: [] },
  steps: [
    {
      kind: 'aggregate',
      by: [
        { field: { name: 'user.username', arrays: 'hidden' }, as: 'user', default: '0' },
        { field: { name: 'sourceIPs', arrays: 'hidden' }, as: 'src_ip', default: '0' },
        { field: { name: 'objectRef.name', arrays: 'hidden' }, as: 'objectRef.name', default: '0' },
      ],
      measures: [{ as: 'count', of: 'count', field: undefined }],
      window: { kind: 'tumbling', every: 3_600_000, offset: 0, lateness: 0 },
      emit: 'first',
    },
  ],
  risk,
};

/** What `plan` finds in a pull; `changes` replaces fields. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    plan,
    kind: 'first',
    time: at('2026-04-12T12:30:19.770193Z'),
    window: { start: at('2026-04-12T12:00:00Z'), end: at('2026-04-12T13:00:00Z'), final: false },
    late: false,
    columns: new Map([
      ['user', ['system:node:n1']],
      ['src_ip', ['1.2.3.4', '10.40.1.11']],
      ['objectRef.name', ['web-1.18e0']],
      ['count', ['1']],
    ]),
    count: 1,
    keys: ['k1', 'k2'],
    evidence: ['e1'],
    context: { 'user.name': 'system:node:n1', 'k8s.audit.object.resource': 'events' },
    resource: { attributes: {} },
    ...changes,
  };
}
