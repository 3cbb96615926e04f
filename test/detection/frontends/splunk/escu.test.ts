import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DetectionFile } from '../../../../src/detection/frontends/frontend.ts';
import type { Plan } from '../../../../src/detection/plan/plan.ts';
import { load } from '../../load-fixture.ts';

const shared = join('..', 'shared');
const escu = join(shared, 'data', 'escu');
const isThere = existsSync(escu);

const read = (path: string): DetectionFile => ({ path, text: readFileSync(path, 'utf8') });
const filesIn = (folder: string): DetectionFile[] =>
  isThere ? readdirSync(join(escu, folder)).map((name) => read(join(escu, folder, name))) : [];
const content = { macros: filesIn('macros'), deployments: filesIn('deployments') };

/** The column, type and score of each risk object, and the column and type of each threat object. */
const riskOf = ({ risk }: Plan): string =>
  [
    ...(risk?.objects ?? []).map(({ field, type, score }) => `${field}:${type}:${score}`),
    ...(risk?.threats ?? []).map(({ field, type }) => `${field}:${type}`),
  ].join(' ');

describe.skipIf(!isThere)('the published detections', () => {
  const { detections, problems } = load(
    { ...content, detections: filesIn('detections') },
    { missingLookup: 'warning' },
  );
  const byId = new Map(detections.map(({ plan }) => [plan.id, plan]));

  test('compile, all 19 of them, unmodified', () => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(detections).toHaveLength(19);
    expect(problems.map(({ rule }) => rule)).toEqual(['unknown-lookup']);
  });

  test.each([
    ['kubernetes-suspicious-image-pulling', 'user:user:49 src_ip:ip_address'],
    ['kubernetes-aws-detect-suspicious-kubectl-calls', 'user:user:25'],
    ['kubernetes-falco-shell-spawned', 'user:user:49'],
    ['kubernetes-scanner-image-pulling', 'host:system:81'],
    ['kubernetes-nginx-ingress-lfi', 'host:system:49 src_ip:ip_address'],
  ])('%s has the risk %s', (id, risk) => {
    const plan = byId.get(id);
    expect(plan && riskOf(plan)).toBe(risk);
  });

  test('know the events that they were tested with', () => {
    const production = detections.filter(({ plan }) => plan.about.status === 'production');
    expect(production.length).toBeGreaterThan(10);
    for (const { attackData } of production) expect(attackData?.[0]?.files).toHaveLength(1);
  });

  test('begin their drilldowns with their own search', () => {
    const drilldowns = byId.get('kubernetes-suspicious-image-pulling')?.about.drilldowns ?? [];
    expect(drilldowns.map(({ earliest }) => earliest)).toEqual(
      drilldowns.map(() => [{ column: 'info_min_time', written: '$info_min_time$' }]),
    );
    expect(drilldowns[0]?.search[0]).toMatch(/^`kube_audit` requestObject.message="Pulling image\*" \|/);
  });
});

/** The seed's current version, as the page about it shows the raw file. */
function seed(): string {
  const page = readFileSync(join(shared, 'seeds', '003_b1b52598c057a015.txt'), 'utf8');
  return page.slice(page.indexOf('Raw Content\n') + 'Raw Content\n'.length);
}

test.skipIf(!isThere)('the seed scores 49 in version 3 and 20 in version 8', () => {
  const path = 'kubernetes_suspicious_image_pulling.yml';
  const { detections, problems } = load({ ...content, detections: [{ path, text: seed() }] });
  expect(problems).toEqual([]);
  expect(detections.map(({ plan }) => [plan.id, plan.about.version, riskOf(plan)])).toEqual([
    ['kubernetes-suspicious-image-pulling', '8', 'user:user:20 src_ip:ip_address'],
  ]);
  const before = load({ ...content, detections: [read(join(escu, 'detections', path))] }).detections;
  expect(before.map(({ plan }) => [plan.about.version, riskOf(plan)])).toEqual([
    ['3', 'user:user:49 src_ip:ip_address'],
  ]);
  expect(before[0]?.plan.where).toEqual(detections[0]?.plan.where);
  expect(before[0]?.plan.steps).toEqual(detections[0]?.plan.steps);
});
