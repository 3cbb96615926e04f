import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/record/own.ts';
import { Workspace } from '../e2e/workspace.ts';
import { makeCertificate } from '../exporters/otlp-http/certificate.ts';
import { objectsIn, type KubernetesObject } from '../examples/kubernetes/objects.ts';
import { problemsOf } from '../examples/kubernetes/problems.ts';
import { validated } from '../examples/kubernetes/valid-config.ts';

const chart = 'examples/helm/riskpipe';
const environment = { CLUSTER_NAME: 'prod', OTLP_ENDPOINT: 'http://127.0.0.1:4318', NODE_NAME: 'node-1' };
const detection = readFileSync('pipelines/detections/kubernetes-suspicious-image-pulling.yaml', 'utf8')
  .replace(/^detection: .*$/m, 'detection: my-own')
  .replace(/^uuid: .*$/m, 'uuid: 2f0c2a4e-5d8e-4b6a-9a53-0d4f6f7f1c13');

/** Values beside the chart's own, and what then runs. */
const variants = [
  ['the chart’s own values', {}, 'DaemonSet'],
  [
    'a detection and options of one’s own',
    {
      detections: { 'my-own.yaml': detection },
      config: { processors: { detection: { mode: 'scheduled' } } },
    },
    'DaemonSet',
  ],
  ['a StatefulSet', { kind: 'StatefulSet', listenerSecret: 'riskpipe-tls' }, 'StatefulSet'],
] as const;

describe.skipIf(inject('helm') === '')('the chart', () => {
  for (const [name, values, kind] of variants) {
    test(`with ${name} is hardened, whole, and configures riskpipe validly`, async () => {
      const workspace = new Workspace();
      const linted = helm('lint', workspace, values);
      expect(linted.status, linted.stdout).toBe(0);
      const rendered = helm('template', workspace, values);
      expect(rendered.stderr).toBe('');
      const objects = objectsIn(rendered.stdout);
      expect(objects.filter((object) => object.kind === kind)).toHaveLength(1);
      expect(problemsOf(objects, version)).toEqual([]);
      const { exit, said } = await validated(
        mapOf(objects, 'config.yaml'),
        environment,
        mounted(workspace, objects),
      );
      expect(said).toMatch(/^\S+: valid\n$/);
      expect(exit).toBe(0);
    });
  }

  test('merges options over its own, and keeps the others', () => {
    const { stdout } = helm('template', new Workspace(), {
      config: { exporters: { otlp_http: { timeout: '5s' } } },
    });
    expect(parse(mapOf(objectsIn(stdout), 'config.yaml'))).toMatchObject({
      exporters: { otlp_http: { timeout: '5s', endpoint: '${env:OTLP_ENDPOINT}' } },
    });
  });

  for (const [what, values, complaint] of [
    ['a key that there is not', { clustre: 'prod' }, 'clustre'],
    ['a StatefulSet without a Secret', { kind: 'StatefulSet' }, 'listenerSecret'],
    ['no limit of memory', { resources: { limits: { memory: null } } }, 'memory'],
    ['all of /var/log', { auditDirectory: '/var/log' }, 'auditDirectory'],
    ['the newest image, whichever that is', { image: { tag: 'latest' } }, 'tag'],
  ] as const) {
    test(`refuses ${what}`, () => {
      const { status, stderr } = helm('template', new Workspace(), values);
      expect(status).not.toBe(0);
      expect(stderr).toContain(complaint);
    });
  }
});

/** Helm, with values beside those of the chart. */
function helm(command: 'lint' | 'template', workspace: Workspace, values: object) {
  const file = workspace.write('values.json', JSON.stringify(values));
  const args = command === 'lint' ? ['lint', '--strict', chart] : ['template', 'riskpipe', chart];
  return spawnSync(inject('helm'), [...args, '--values', file], { encoding: 'utf8' });
}

/** A file of the ConfigMaps; empty if none has it. */
const mapOf = (objects: readonly KubernetesObject[], file: string): string =>
  objects.map((object) => (object.kind === 'ConfigMap' ? (object.data[file] ?? '') : '')).join('');

/** What the pod's volumes hold, below a directory: by where they are mounted, where they are here. */
function mounted(
  workspace: Workspace,
  objects: readonly KubernetesObject[],
): Readonly<Record<string, string>> {
  const listener = workspace.path('listener');
  const detections = workspace.path('detections');
  for (const folder of [listener, detections]) mkdirSync(folder);
  const made = makeCertificate();
  writeFileSync(join(listener, 'tls.crt'), made.cert);
  writeFileSync(join(listener, 'tls.key'), made.key);
  made.remove();
  writeFileSync(join(listener, 'tokens'), 'a-token-of-one-sender\n');
  const text = mapOf(objects, 'my-own.yaml');
  if (text !== '') writeFileSync(join(detections, 'my-own.yaml'), text);
  return { '/etc/riskpipe-listener/': `${listener}/`, '/etc/riskpipe-detections/': `${detections}/` };
}
