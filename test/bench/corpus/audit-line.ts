import type { Cluster } from './cluster.ts';
import { allowed, type Identity } from './identities.ts';

/** What differs from one request to the next. */
export interface Request {
  readonly level?: 'Metadata' | 'Request' | 'RequestResponse';
  readonly verb: string;
  readonly uri: string;
  readonly by: Identity;
  readonly object?: object;
  readonly code: number;
  /** What the answer's status says beside its code. */
  readonly status?: object;
  readonly requestObject?: object;
  readonly responseObject?: object | undefined;
  readonly annotations?: object;
}

/** One line of the log, keys in the order of the apiserver. */
export function auditLine(cluster: Cluster, request: Request): string {
  const { requestObject, responseObject } = request;
  cluster.wait(400);
  const received = cluster.stamp;
  cluster.wait(9_000);
  return goJson({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: request.level ?? levelOf(request),
    auditID: cluster.dice.uuid(),
    stage: 'ResponseComplete',
    requestURI: request.uri,
    verb: request.verb,
    user: request.by.user,
    sourceIPs: [cluster.address()],
    userAgent: request.by.userAgent,
    ...(request.object === undefined ? {} : { objectRef: request.object }),
    responseStatus: { metadata: {}, ...request.status, code: request.code },
    ...(requestObject === undefined ? {} : { requestObject }),
    ...(responseObject === undefined ? {} : { responseObject }),
    requestReceivedTimestamp: received,
    stageTimestamp: cluster.stamp,
    annotations: request.annotations ?? allowed,
  });
}

function levelOf({ requestObject, responseObject }: Request): string {
  if (responseObject !== undefined) return 'RequestResponse';
  return requestObject === undefined ? 'Metadata' : 'Request';
}

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go's encoder writes it, HTML escaped (spec/k8s-audit.md §3). */
function goJson(value: object): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
}
