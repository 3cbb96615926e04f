import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';

const packed = inject('packed');

/** The files that the package needs, by where they lie; parts of the program are named by their content. */
const wanted = [
  /^(?:CHANGELOG|README|SECURITY)\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
  /^dist\/(?:main|scan-worker|detection)\.js$/,
  /^dist\/types\/(?:library|record|util)\/[\w/-]+\.d\.ts$/,
  /^dist\/scan\.wasm$/,
  /^dist\/parts\/[\w.-]+\.js$/,
  /^docs\/(?:components\/)?[\w-]+\.md$/,
  /^pipelines\/(?:(?:detections|allowlists)\/)?[\w-]+\.yaml$/,
  /^examples\/(?:append|audit-events)\.mjs$/,
  /^examples\/audit\.log$/,
  /^examples\/(?:escu|container-log|cloud-logs|splunk-hec|collector-splunk|prometheus-alerts)\.yaml$/,
  /^examples\/grafana-dashboard\.json$/,
  /^examples\/kubernetes\/(?:static-pod\/)?[\w.-]+$/,
  /^examples\/sidecar\/(?:collector|riskpipe)\.yaml$/,
  /^examples\/systemd\/riskpipe\.service$/,
  /^examples\/helm\/riskpipe\/[\w./-]+$/,
];

test('the package holds what is needed to run it, and nothing else', () => {
  expect(packed.filter((path) => !wanted.some((pattern) => pattern.test(path)))).toEqual([]);
  expect(wanted.filter((pattern) => !packed.some((path) => pattern.test(path)))).toEqual([]);
});

test('every part that the program loads is in the package', () => {
  const parts = readdirSync(join('dist', 'parts')).filter((name) => name.endsWith('.js'));
  expect(parts.filter((name) => !packed.includes(`dist/parts/${name}`))).toEqual([]);
});

test('what package.json points at is in the package', () => {
  const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
    Record<string, object>
  >;
  const named = JSON.stringify([bin, exports]).matchAll(/"(?:\.\/)?(dist\/[^"]+)"/g);
  const paths = Array.from(named, ([, path = '']) => path);
  expect(paths).toHaveLength(3);
  expect(paths.filter((path) => !packed.includes(path))).toEqual([]);
});
