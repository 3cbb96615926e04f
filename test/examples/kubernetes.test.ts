import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/record/own.ts';
import { Workspace } from '../e2e/workspace.ts';
import { objectsIn } from './kubernetes/objects.ts';
import { problemsOf } from './kubernetes/problems.ts';
import { validated } from './kubernetes/valid-config.ts';
import { workloadsOf } from './kubernetes/workload.ts';

const folder = 'examples/kubernetes';
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const daemonSet = read('daemonset.yaml');

/** A manifest, and the file that its pod is configured with, where that is none of its ConfigMaps. */
const manifests = [
  ['daemonset.yaml', undefined],
  ['sidecar.yaml', undefined],
  ['static-pod/riskpipe.yaml', 'static-pod/config.yaml'],
] as const;

for (const [name, configuredBy] of manifests) {
  describe(`${folder}/${name}`, () => {
    const objects = objectsIn(read(name));
    const config = configuredBy === undefined ? configIn(name) : read(configuredBy);

    test('is hardened, and all that it names is there', () => {
      expect(workloadsOf(objects)).toHaveLength(1);
      expect(problemsOf(objects, version)).toEqual([]);
    });

    test('runs with a valid configuration, and every variable of it is set', async () => {
      const { env, ports } = riskpipeOf(name);
      const environment = Object.fromEntries(env.map(({ name, value }) => [name, value ?? 'node-1']));
      const asked = Array.from(config.matchAll(/\$\{env:(\w+)/g), ([, variable = '']) => variable);
      expect(new Set(asked)).toEqual(new Set(Object.keys(environment)));
      const { exit, said } = await validated(config, environment);
      expect(said).toMatch(/^\S+: valid\n$/);
      expect(exit).toBe(0);
      const { extensions } = parse(config) as { extensions: { health_check: { endpoint: string } } };
      const health = ports.find((port) => port.name === 'health');
      expect(extensions.health_check.endpoint).toBe(`:${health?.containerPort}`);
    });

    test('reads and writes only where something is mounted', () => {
      const mounts = riskpipeOf(name).volumeMounts;
      const { extensions, receivers } = parse(config) as {
        extensions: { file_storage: { directory: string } };
        receivers: { file_log?: { include: readonly string[] } };
      };
      const holds = (path: string, writable: boolean): boolean =>
        mounts.some(
          ({ mountPath, readOnly }) => readOnly !== writable && `${path}/`.startsWith(`${mountPath}/`),
        );
      expect(holds(extensions.file_storage.directory, true)).toBe(true);
      for (const path of receivers.file_log?.include ?? []) expect(holds(path, false), path).toBe(true);
    });
  });
}

test('the Collector and its sidecar speak to each other on the loopback address, each where the other listens', () => {
  const ports = /endpoint: (?:http:\/\/|'http:\/\/|')?127\.0\.0\.1:(\d+)/g;
  const endpoints = Array.from(read('sidecar.yaml').matchAll(ports), ([, port]) => port);
  // To us and back: the Collector's receiver and exporter, our receiver and exporter.
  expect(endpoints).toEqual(['4319', '14318', '14318', '4319']);
});

describe('what would go wrong in a cluster is told', () => {
  for (const [what, from, to, problem] of [
    [
      'a volume that is not there',
      'name: audit, mountPath',
      'name: logs, mountPath',
      'mounts "logs", which is no volume',
    ],
    [
      'a log that can be written',
      'kubernetes/audit, readOnly: true',
      'kubernetes/audit',
      'may write to "audit"',
    ],
    [
      'all of /var/log',
      'path: /var/log/kubernetes/audit,',
      'path: /var/log,',
      '"audit" is too much of the node',
    ],
    ['another image', `riskpipe:${version}`, 'riskpipe:latest', 'is not a version of its own'],
    [
      'a ConfigMap of another name',
      'configMap: { name: riskpipe }',
      'configMap: { name: r }',
      'no ConfigMap "r"',
    ],
    ['capabilities', 'drop: [ALL]', 'drop: [KILL]', 'has capabilities'],
    ['root', 'runAsUser: 65532', 'runAsUser: 0', 'may run as another user'],
    ['a selector that finds nothing', 'matchLabels: { app', 'matchLabels: { an', 'does not find its pods'],
    ['a probe of no port', 'port: health', 'port: metrics', 'has no port "metrics"'],
  ] as const) {
    test(what, () => {
      expect(daemonSet).toContain(from);
      const problems = problemsOf(objectsIn(daemonSet.replace(from, to)), version);
      expect(problems.join('\n')).toContain(problem);
    });
  }

  test('a field that there is not', () => {
    expect(() => objectsIn(daemonSet.replace('readinessProbe', 'readynessProbe'))).toThrow('readynessProbe');
    expect(() => objectsIn(daemonSet.replace('    spec:\n', '    spec:\n      hostNetwork: true\n'))).toThrow(
      'hostNetwork',
    );
  });
});

describe.skipIf(process.getuid?.() !== 0)('prepare-node.sh, run as root', () => {
  const reader = { uid: 65_532, gid: 65_532 };
  const can = (command: string, path: string): boolean =>
    spawnSync('sh', ['-c', `${command} "$1"`, 'sh', path], reader).status === 0;

  test('lets riskpipe read the log of an apiserver that made it for itself, and not write it', () => {
    const { workspace, log, state } = node();
    mkdirSync(log, { mode: 0o700 });
    const path = join(log, 'audit.log');
    writeFileSync(path, '{}\n', { mode: 0o600 });
    expect(can('cat', path)).toBe(false);
    prepare(log, state);
    prepare(log, state);
    expect(can('cat', path)).toBe(true);
    expect(can('echo x >>', path)).toBe(false);
    expect(can('rm -f', path)).toBe(false);
    expect(can('ls', workspace.path('state'))).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('{}\n');
  });

  test('on a node without a log makes one that stays readable when it is rotated as the apiserver does', () => {
    const { log, state } = node();
    prepare(log, state);
    const path = join(log, 'audit.log');
    // lumberjack gives the new file the mode and the owner of the old one.
    const { mode, uid, gid } = statSync(path);
    const next = join(log, 'audit-2026-04-12T12-00-00.000.log');
    writeFileSync(next, '');
    chmodSync(next, mode);
    chownSync(next, uid, gid);
    expect(can('cat', next)).toBe(true);
    expect(can('cat', path)).toBe(true);
    expect(statSync(log).mode & 0o777).toBe(0o750);
    expect(statSync(state)).toMatchObject(reader);
    expect(statSync(state).mode & 0o777).toBe(0o700);
  });
});

/** Directories of a node of its own, that everybody may pass through. */
function node(): { readonly workspace: Workspace; readonly log: string; readonly state: string } {
  const workspace = new Workspace();
  chmodSync(workspace.directory, 0o755);
  return { workspace, log: workspace.path('audit'), state: workspace.path('state') };
}

function prepare(log: string, state: string): void {
  const { status, stderr } = spawnSync(join(folder, 'prepare-node.sh'), [log, state], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
}

function configIn(name: string): string {
  const found = objectsIn(read(name)).find(
    (object) => object.kind === 'ConfigMap' && object.metadata.name === 'riskpipe',
  );
  return found?.kind === 'ConfigMap' ? (found.data['config.yaml'] ?? '') : '';
}

function riskpipeOf(name: string) {
  const containers = workloadsOf(objectsIn(read(name))).flatMap(({ pod }) => pod.containers);
  const found = containers.find((container) => container.name === 'riskpipe');
  if (found === undefined) throw new Error(`${name} runs no riskpipe`);
  return found;
}
