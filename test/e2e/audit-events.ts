import { seeded } from './random.ts';

/** What one line of the log must lead to: written down by who makes the line, not worked out from it. */
export interface Expected {
  /** Names the finding: no two lines that are to be found share it. */
  readonly key: string;
  /** Event time in nanoseconds, as decimal text. */
  readonly time: string;
  readonly body: string;
  /** Attributes that the record must have, with exactly these values. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Lines that it is made of, each once, as its evidence has to show. */
  readonly lines: number;
}

/** One line, without its newline, and what is to be found when it is read. */
export interface Line {
  readonly text: string;
  readonly time: string;
  /** The key of the threshold that it counts for. */
  readonly counts: string | undefined;
  readonly expected: Expected | undefined;
}

/** So many refused requests of one user make a finding of the `many-denied` detection. */
export const deniedLimit = 10;

interface Request {
  readonly verb: string;
  readonly uri: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly addresses: readonly string[];
  readonly agent: string;
  readonly object: Readonly<Record<string, string>>;
  readonly status: number;
  readonly body?: object;
}

/**
 * The audit events of a small cluster, in the shape and key order of a real apiserver (spec/k8s-audit.md §1):
 * leases and watches, kubelets that pull images, some allowed and most not, near misses, lines that the apiserver
 * wrote twice, and users whose requests are refused. The seed and the start time determine every byte.
 */
export class AuditEvents {
  readonly #random: () => number;
  readonly #start: number;
  readonly #denied = new Map<string, number>();
  #count = 0;
  #latestPull: Line | undefined;

  /** `start`: milliseconds since 1970 of the first event; the n-th is n ms later. */
  constructor(seed: number, start: number) {
    this.#random = seeded(seed);
    this.#start = start;
  }

  /** Lines made so far. */
  get count(): number {
    return this.#count;
  }

  next(): Line {
    const kind = this.#random();
    if (kind < 0.05) return this.suspiciousPull();
    if (kind < 0.07)
      return this.#pull(`falco-${this.#count}`, 'Pulling', 'docker.io/falcosecurity/falco:0.40.0');
    if (kind < 0.1)
      return this.#pull(`web-${this.#count}`, 'Successfully pulled', 'docker.io/library/nginx:1.29');
    if (kind < 0.11) return this.#repeated();
    if (kind < 0.21) return this.#refusal();
    return this.#lease();
  }

  /** A kubelet pulls an image that is on no allowlist. */
  suspiciousPull(): Line {
    const image = 'registry.example.net:5000/tools/xmrig:6.21';
    return (this.#latestPull = this.#pull(`miner-${this.#count}`, 'Pulling', image));
  }

  /** The very line once more: one event in two lines is one finding. */
  #repeated(): Line {
    if (this.#latestPull === undefined) return this.#lease();
    this.#count++;
    return { ...this.#latestPull, expected: undefined };
  }

  #pull(pod: string, what: string, image: string): Line {
    const node = `n${1 + Math.floor(this.#random() * 3)}`;
    const address = `10.1.0.${1 + Math.floor(this.#random() * 200)}`;
    // The first of two is what the client claims, the last what the apiserver saw (spec/k8s-audit.md §1).
    const addresses = this.#random() < 0.15 ? ['203.0.113.9', address] : [address];
    const name = `${pod}.18a59be13d57${this.#count.toString(16).padStart(4, '0')}`;
    const message = `${what} image "${image}"`;
    const request: Request = {
      verb: 'create',
      uri: '/api/v1/namespaces/prod/events',
      user: `system:node:${node}`,
      groups: ['system:nodes', 'system:authenticated'],
      addresses,
      agent: 'kubelet/v1.34.4 (linux/amd64) kubernetes/a1b2c3d',
      object: { resource: 'events', namespace: 'prod', name, apiVersion: 'v1' },
      status: 201,
      body: {
        kind: 'Event',
        apiVersion: 'v1',
        metadata: { name, namespace: 'prod' },
        involvedObject: { kind: 'Pod', namespace: 'prod', name: pod, fieldPath: 'spec.containers{main}' },
        reason: what === 'Pulling' ? 'Pulling' : 'Pulled',
        message,
        source: { component: 'kubelet', host: node },
        type: 'Normal',
      },
    };
    const time = this.#now();
    const suspicious = what === 'Pulling' && !/falco|splunk/i.test(pod);
    return this.#write(request, suspicious ? expectedPull(request, pod, image, time) : undefined);
  }

  #refusal(): Line {
    // Few users at a time, and new ones all along: thresholds are crossed all the while.
    const user = `guest-${Math.floor(this.#count / 400)}-${Math.floor(this.#random() * 3)}`;
    const times = (this.#denied.get(user) ?? 0) + 1;
    this.#denied.set(user, times);
    const time = this.#now();
    const expected = times === deniedLimit ? expectedDenied(user, time) : undefined;
    const request = {
      verb: 'get',
      uri: '/api/v1/namespaces/prod/secrets/database',
      user,
      groups: ['system:authenticated'],
      addresses: ['192.0.2.7'],
      agent: 'curl/8.5.0',
      object: { resource: 'secrets', namespace: 'prod', name: 'database', apiVersion: 'v1' },
      status: 403,
    };
    return this.#write(request, expected, deniedKey(user));
  }

  #lease(): Line {
    const node = `n${1 + Math.floor(this.#random() * 3)}`;
    return this.#write({
      verb: 'update',
      uri: `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}`,
      user: `system:node:${node}`,
      groups: ['system:nodes', 'system:authenticated'],
      addresses: ['10.1.0.2'],
      agent: 'kubelet/v1.34.4 (linux/amd64) kubernetes/a1b2c3d',
      object: {
        resource: 'leases',
        namespace: 'kube-node-lease',
        name: node,
        apiGroup: 'coordination.k8s.io',
      },
      status: 200,
    });
  }

  #now(): number {
    return this.#start + this.#count;
  }

  #write(request: Request, expected?: Expected, counts?: string): Line {
    const time = this.#now();
    const stamp = new Date(time).toISOString().replace('Z', '000Z');
    const { verb, uri, user, groups, addresses, agent, object, status, body } = request;
    const id = (this.#count++).toString(16).padStart(12, '0');
    const text = JSON.stringify({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: 'Request',
      auditID: `5eed0000-0000-4000-8000-${id}`,
      stage: 'ResponseComplete',
      requestURI: uri,
      verb,
      user: { username: user, groups },
      sourceIPs: addresses,
      userAgent: agent,
      objectRef: object,
      responseStatus: { metadata: {}, code: status },
      ...(body === undefined ? {} : { requestObject: body }),
      requestReceivedTimestamp: stamp,
      stageTimestamp: stamp,
      annotations: { 'authorization.k8s.io/decision': status === 403 ? 'forbid' : 'allow' },
    });
    return { text, time: nanoseconds(time), counts, expected };
  }
}

const deniedKey = (user: string): string => `denied ${user}`;
const nanoseconds = (ms: number): string => `${ms}000000`;
const oneOrList = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : values);

function expectedPull(request: Request, pod: string, image: string, time: number): Expected {
  const { user, addresses, object } = request;
  const stamp = new Date(time).toISOString().replace('Z', '000Z');
  return {
    key: `pull ${object['name']}`,
    lines: 1,
    time: nanoseconds(time),
    body: `Suspicious image ${object['name']} pulled in Kubernetes from ip ${addresses.join(' ')} by user ${user}`,
    attributes: {
      'risk.score': 20,
      'risk.object': user,
      'risk.object.type': 'user',
      'threat.objects': addresses.map((value) => ({ value, type: 'ip_address' })),
      'user.name': user,
      'user.roles': request.groups,
      'client.address': addresses.at(-1),
      'user_agent.original': request.agent,
      'url.path': request.uri,
      'http.response.status_code': request.status,
      'k8s.namespace.name': 'prod',
      'k8s.pod.name': pod,
      'k8s.audit.verb': 'create',
      'container.image.name': image.slice(0, image.lastIndexOf(':')),
      'container.image.tags': [image.slice(image.lastIndexOf(':') + 1)],
      'finding.count': 1,
      'finding.fields': {
        'objectRef.name': object['name'],
        'objectRef.namespace': 'prod',
        'objectRef.resource': 'events',
        requestReceivedTimestamp: stamp,
        requestURI: request.uri,
        'responseStatus.code': '201',
        src_ip: oneOrList(addresses),
        stage: 'ResponseComplete',
        'user.groups': oneOrList(request.groups),
        'user.uid': '0',
        user,
        userAgent: request.agent,
        verb: 'create',
        count: '1',
      },
    },
  };
}

function expectedDenied(user: string, time: number): Expected {
  return {
    key: deniedKey(user),
    lines: deniedLimit,
    time: nanoseconds(time),
    body: `${user} was refused often`,
    attributes: {
      'risk.score': 40,
      'risk.object': user,
      'finding.fields': { user, count: String(deniedLimit) },
      'finding.count': deniedLimit,
    },
  };
}
