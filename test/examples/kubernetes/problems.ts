import type { KubernetesObject } from './objects.ts';
import type { Container, PodSpec } from './pod.ts';
import { workloadsOf, type Workload } from './workload.ts';

/** What is wrong with a manifest, as far as it can be told without a cluster; `version` is that of our image. */
export function problemsOf(objects: readonly KubernetesObject[], version: string): readonly string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const { pod } = workload;
    const own = pod.containers.flatMap((container) => [
      ...hardeningOf(container).map((problem) => `${container.name}: ${problem}`),
      ...mountsOf(container, workload).map((problem) => `${container.name}: ${problem}`),
      ...portsOf(container).map((problem) => `${container.name}: ${problem}`),
      ...(isPinned(container.image, version) ? [] : [`${container.image} is not a version of its own`]),
    ]);
    return [
      ...own,
      ...podProblems(pod),
      ...volumesOf(workload, objects),
      ...selectionOf(workload, objects),
    ].map((problem) => `${workload.name}: ${problem}`);
  });
}

/** What every pod of ours obeys (spec/reliability.md H8 to H10). */
function podProblems(pod: PodSpec): readonly string[] {
  const { runAsNonRoot, runAsUser, runAsGroup, seccompProfile } = pod.securityContext;
  return refused([
    [pod.automountServiceAccountToken === false, 'has a token for the API server'],
    [runAsNonRoot === true && runAsUser === 65_532 && runAsGroup === 65_532, 'may run as another user'],
    [seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile'],
    // `service.shutdown_timeout` is 5 seconds.
    [pod.terminationGracePeriodSeconds > 5, 'is killed before it has stopped'],
  ]);
}

function hardeningOf({ securityContext, resources, readinessProbe, name }: Container): readonly string[] {
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = securityContext;
  return refused([
    [allowPrivilegeEscalation === false, 'may gain privileges'],
    [readOnlyRootFilesystem === true, 'may write to its image'],
    [capabilities?.drop.join() === 'ALL', 'has capabilities'],
    [resources.limits.memory !== undefined, 'has no limit of memory'],
    [resources.requests.memory !== undefined && resources.requests.cpu !== undefined, 'requests nothing'],
    [name !== 'riskpipe' || readinessProbe !== undefined, 'is not asked for its health'],
  ]);
}

function mountsOf({ volumeMounts, args }: Container, { pod, claimed }: Workload): readonly string[] {
  const volumes = new Set([...claimed, ...pod.volumes.map(({ name }) => name)]);
  const configured = args[args.indexOf('--config') + 1] ?? '';
  return [
    ...volumeMounts
      .filter(({ name }) => !volumes.has(name))
      .map(({ name }) => `mounts "${name}", which is no volume`),
    ...volumeMounts
      .filter(({ name, readOnly }) => !readOnly && name !== 'state')
      .map(({ name }) => `may write to "${name}"`),
    ...refused([
      [volumeMounts.some(({ mountPath }) => configured.startsWith(`${mountPath}/`)), 'has no configuration'],
    ]),
  ];
}

function portsOf({ ports, readinessProbe }: Container): readonly string[] {
  const probed = readinessProbe?.httpGet.port;
  return refused([
    [
      probed === undefined || ports.some(({ name }) => name === probed),
      `has no port "${probed}" to be asked on`,
    ],
  ]);
}

function volumesOf({ pod }: Workload, objects: readonly KubernetesObject[]): readonly string[] {
  const maps = new Set(
    objects.flatMap(({ kind, metadata }) => (kind === 'ConfigMap' ? [metadata.name] : [])),
  );
  const mounted = new Set(pod.containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name)));
  return pod.volumes.flatMap(({ name, configMap, hostPath }) =>
    refused([
      [mounted.has(name), `nobody mounts "${name}"`],
      [configMap === undefined || maps.has(configMap.name), `there is no ConfigMap "${configMap?.name}"`],
      [!/^\/(?:var(?:\/log)?\/?)?$/.test(hostPath?.path ?? 'none'), `"${name}" is too much of the node`],
    ]),
  );
}

/** A workload has to find its pods, and a service its workload and the ports of that. */
function selectionOf(
  { labels, selected, pod }: Workload,
  objects: readonly KubernetesObject[],
): readonly string[] {
  const named = new Set(pod.containers.flatMap(({ ports }) => ports.map(({ name }) => name)));
  const services = objects.flatMap((object) => (object.kind === 'Service' ? [object] : []));
  return [
    ...refused([[selected === undefined || isPartOf(selected, labels), 'does not find its pods']]),
    ...services.flatMap(({ spec, metadata }) =>
      refused([
        [isPartOf(spec.selector, labels), `service "${metadata.name}" does not find it`],
        [
          spec.ports.every(({ targetPort }) => named.has(targetPort)),
          `service "${metadata.name}" leads to a port that is not there`,
        ],
      ]),
    ),
  ];
}

const isPartOf = (part: Workload['labels'], whole: Workload['labels']): boolean =>
  Object.entries(part).every(([name, value]) => whole[name] === value);

/** Ours has the version of this package, and no other is "latest" or unsaid. */
function isPinned(image: string, version: string): boolean {
  const [name = '', tag = 'latest'] = image.split('/').at(-1)?.split(':') ?? [];
  return name === 'riskpipe' ? tag === version : tag !== 'latest';
}

const refused = (rules: readonly (readonly [holds: boolean, problem: string])[]): readonly string[] =>
  rules.flatMap(([holds, problem]) => (holds ? [] : [problem]));
