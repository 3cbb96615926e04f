import type { AuditField, FieldDetection, FieldTest } from './field-detection.ts';

/** A kind of attack: tests that are always there, and values of which each combination is a detection. */
interface Family {
  readonly always: readonly FieldTest[];
  readonly each: readonly (readonly FieldTest[])[];
}

const tests = (
  field: AuditField,
  test: FieldTest['test'],
  values: readonly FieldTest['value'][],
): readonly FieldTest[] => values.map((value) => ({ field, test, value }));

const is = (field: AuditField, ...values: readonly FieldTest['value'][]): readonly FieldTest[] =>
  tests(field, 'equals', values);

const person = tests('user.username', 'not_starts_with', ['system:']);
const refused = tests('responseStatus.code', 'at_least', [400]);
const verbs = is('verb', 'get', 'list', 'watch', 'create', 'update', 'patch', 'delete');
const places = is(
  'objectRef.namespace',
  'kube-system',
  'vault',
  'identity',
  'billing',
  'orders',
  'ingress',
  'mesh',
  'staging',
);

const families: readonly Family[] = [
  // People who touch what grants rights.
  {
    always: person,
    each: [
      is('objectRef.resource', 'secrets', 'clusterroles', 'clusterrolebindings', 'rolebindings', 'roles'),
      verbs,
    ],
  },
  // Ways into a running container.
  {
    always: [],
    each: [
      is('objectRef.subresource', 'exec', 'attach', 'portforward', 'ephemeralcontainers', 'proxy'),
      places,
    ],
  },
  // Refused requests.
  {
    always: [],
    each: [
      is('responseStatus.code', 401, 403, 409, 422, 429, 500, 503),
      is('objectRef.resource', 'pods', 'secrets', 'nodes', 'configmaps', 'deployments', 'jobs', 'ingresses'),
    ],
  },
  // Tools that give themselves away.
  {
    always: refused,
    each: [
      tests('userAgent', 'starts_with', [
        'curl/',
        'python-requests/',
        'kube-hunter',
        'Wget/',
        'nmap',
        'Mozilla/',
      ]),
      verbs,
    ],
  },
  // What was run in a container, by what the request says.
  {
    always: is('objectRef.subresource', 'exec'),
    each: [
      tests('requestURI', 'contains', ['command=sh', 'command=bash', '%2Fbin%2F', 'tty=true', 'stdin=true']),
      is('verb', 'get', 'create'),
    ],
  },
  // Secrets of one place and kind.
  {
    always: is('objectRef.resource', 'secrets'),
    each: [places, tests('objectRef.name', 'starts_with', ['tls-', 'registry-', 'database-', 'token-'])],
  },
  // Changes to the parts that everything else depends on.
  {
    always: is('objectRef.namespace', 'kube-system'),
    each: [
      is('objectRef.name', 'coredns', 'kube-proxy', 'log-shipper', 'metrics-agent', 'auth-proxy'),
      is('verb', 'update', 'patch', 'delete'),
      is('objectRef.resource', 'deployments', 'daemonsets', 'configmaps'),
    ],
  },
  // Single people.
  {
    always: is('objectRef.resource', 'configmaps'),
    each: [
      is(
        'user.username',
        ...['anna', 'boris', 'chen', 'dana', 'farah', 'hana', 'intern', 'contractor', 'auditor', 'root'].map(
          (name) => `${name}@shop.example`,
        ),
      ),
      is('verb', 'update', 'patch', 'delete'),
      places,
    ],
  },
  // Tokens for the service accounts of a place.
  { always: is('verb', 'create'), each: [is('objectRef.subresource', 'token'), places] },
  // Paths that only people with a plan ask for.
  {
    always: person,
    each: [
      tests('requestURI', 'starts_with', [
        '/apis/certificates.k8s.io/',
        '/apis/admissionregistration.k8s.io/',
        '/apis/rbac.authorization.k8s.io/',
        '/api/v1/componentstatuses',
        '/logs/',
      ]),
      verbs,
    ],
  },
];

/**
 * The first `count` detections, all different. The families take turns, so that a small number, too, looks at all
 * nine fields, and each set is the beginning of the larger ones. Throws if there are not so many.
 */
export function fieldDetections(count: number): readonly FieldDetection[] {
  const queues = families.map(({ always, each }) =>
    combinations(each).map((combination) => [...combination, ...always]),
  );
  const inTurn = Array.from({ length: Math.max(...queues.map(({ length }) => length)) }, (_, turn) =>
    queues.flatMap((queue) => queue.slice(turn, turn + 1)),
  ).flat();
  if (inTurn.length < count) throw new Error(`there are ${inTurn.length} field detections, and no ${count}`);
  return inTurn.slice(0, count).map((tests, index) => ({ id: `field-${index}`, tests }));
}

/** One of each list, in every combination; the first list varies fastest, so that early ones differ in it. */
function combinations(lists: readonly (readonly FieldTest[])[]): readonly (readonly FieldTest[])[] {
  return lists.reduce<readonly (readonly FieldTest[])[]>(
    (before, list) => list.flatMap((test) => before.map((combination) => [...combination, test])),
    [[]],
  );
}
