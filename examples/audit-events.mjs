// Audit events as kube-apiserver v1.34 writes them, for the sample log and for what is appended to it.

/**
 * A request, and how it ended.
 * @typedef {object} Request
 * @property {string} at when it was received: RFC 3339 in UTC with microseconds
 * @property {string} auditId
 * @property {number} tookMicros
 * @property {'Metadata' | 'Request'} level
 * @property {'ResponseStarted' | 'ResponseComplete'} [stage] ResponseComplete unless it says otherwise
 * @property {string} verb
 * @property {string} uri
 * @property {object} user
 * @property {string} address
 * @property {string} agent
 * @property {object} [object] of requests on a resource: the `objectRef`
 * @property {number} code
 * @property {object} [body]
 * @property {string} [reason] why it was authorized
 */

/**
 * One line of an audit log, without its newline: keys in the order of Go's struct, encoded as Go's json package does.
 * @param {Request} request
 */
export function auditLine(request) {
  const event = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: request.level,
    auditID: request.auditId,
    stage: request.stage ?? 'ResponseComplete',
    requestURI: request.uri,
    verb: request.verb,
    user: request.user,
    sourceIPs: [request.address],
    userAgent: request.agent,
    objectRef: request.object,
    responseStatus: { metadata: {}, code: request.code },
    requestObject: request.body,
    requestReceivedTimestamp: request.at,
    stageTimestamp: later(request.at, request.tookMicros),
    annotations: {
      'authorization.k8s.io/decision': 'allow',
      'authorization.k8s.io/reason': request.reason ?? '',
    },
  };
  return JSON.stringify(event).replace(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/**
 * A time some microseconds after another.
 * @param {string} at
 * @param {number} micros
 */
function later(at, micros) {
  const total =
    BigInt(Date.parse(`${at.slice(0, 19)}Z`)) * 1_000n + BigInt(at.slice(20, 26)) + BigInt(micros);
  const seconds = new Date(Number(total / 1_000_000n) * 1_000).toISOString().slice(0, 19);
  return `${seconds}.${(total % 1_000_000n).toString().padStart(6, '0')}Z`;
}

/** The nodes of the cluster, by name: their addresses. */
export const nodes = { n1: '10.40.1.11', n2: '10.40.1.12' };

/** @typedef {keyof typeof nodes} NodeName */

const fingerprints = {
  n1: '1f0c6d1e5a9b4c7783e2d0a6b5c4f3e2918070615243342516078a9bacbdcedf',
  n2: '7a3b90c4d5e6f70812233445566778899aabbccddeeff00112233445566778f1',
};

/**
 * Who a node's kubelet is.
 * @param {NodeName} node
 */
export function kubelet(node) {
  return {
    user: {
      username: `system:node:${node}`,
      groups: ['system:nodes', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${fingerprints[node]}`] },
    },
    address: nodes[node],
    agent: 'kubelet/v1.34.4 (linux/amd64) kubernetes/5d1a7c2',
  };
}

/**
 * What a kubelet says about a container.
 * @typedef {object} Report
 * @property {string} at
 * @property {string} auditId
 * @property {number} tookMicros
 * @property {NodeName} node
 * @property {string} namespace
 * @property {string} pod
 * @property {string} uid of the pod
 * @property {string} suffix of the event's name: 16 hexadecimal digits
 * @property {string} container
 * @property {string} reason
 * @property {string} message
 * @property {'Normal' | 'Warning'} [type]
 */

/**
 * The creation of a Kubernetes event by a kubelet.
 * @param {Report} report
 * @returns {Request}
 */
export function eventCreated({ at, auditId, tookMicros, node, namespace, pod, uid, suffix, ...said }) {
  const second = `${at.slice(0, 19)}Z`;
  const name = `${pod}.${suffix}`;
  return {
    at,
    auditId,
    tookMicros,
    level: 'Request',
    verb: 'create',
    uri: `/api/v1/namespaces/${namespace}/events`,
    ...kubelet(node),
    object: { resource: 'events', namespace, name, apiVersion: 'v1' },
    code: 201,
    body: {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name, namespace },
      involvedObject: {
        kind: 'Pod',
        namespace,
        name: pod,
        uid,
        apiVersion: 'v1',
        resourceVersion: '48213',
        fieldPath: `spec.containers{${said.container}}`,
      },
      reason: said.reason,
      message: said.message,
      source: { component: 'kubelet', host: node },
      firstTimestamp: second,
      lastTimestamp: second,
      count: 1,
      type: said.type ?? 'Normal',
      eventTime: null,
      reportingComponent: 'kubelet',
      reportingInstance: node,
    },
  };
}

/**
 * The same event once more: a kubelet patches the one that is there, and says no more than this.
 * @param {Report} report
 * @returns {Request}
 */
export function eventRepeated({ at, auditId, tookMicros, node, namespace, pod, suffix, message }) {
  const name = `${pod}.${suffix}`;
  return {
    at,
    auditId,
    tookMicros,
    level: 'Request',
    verb: 'patch',
    uri: `/api/v1/namespaces/${namespace}/events/${name}`,
    ...kubelet(node),
    object: { resource: 'events', namespace, name, apiVersion: 'v1' },
    code: 200,
    body: { count: 2, lastTimestamp: `${at.slice(0, 19)}Z`, message },
  };
}
