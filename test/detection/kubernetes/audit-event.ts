import { parseJson, type Json } from '../../../src/record/json.ts';

/** A kubelet's report of a pull, as the audit log has it; `changes` replaces keys at the top. */
export function pullingEvent(changes: Readonly<Record<string, unknown>> = {}): Json {
  return json({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Request',
    auditID: '4b7c0c53-0a0e-4a8e-9c39-6a3f3f6f9c11',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/prod/events?timeout=10s',
    verb: 'create',
    user: { username: 'system:node:n1', uid: 'u-1', groups: ['system:nodes', 'system:authenticated'] },
    sourceIPs: ['10.40.1.11'],
    userAgent: 'kubelet/v1.34.4',
    objectRef: { resource: 'events', namespace: 'prod', name: 'web-1.18e0', apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: 201 },
    requestObject: {
      involvedObject: { kind: 'Pod', namespace: 'prod', name: 'web-1' },
      message: 'Pulling image "docker.io/evil/xmrig:6"',
    },
    ...changes,
  });
}

/** A value as an event's text would give it. */
export function json(value: unknown): Json {
  const parsed = parseJson(JSON.stringify(value));
  if (parsed === undefined) throw new Error('no JSON');
  return parsed;
}
