import { expect, test } from 'vitest';
import type { Plan } from '../../../../src/detection/plan/plan.ts';
import { nativeFrontend } from '../../../../src/detection/frontends/native/native.ts';
import { formatProblem } from '../../../../src/util/problem.ts';
import { compile, entry, grouped, head } from './compile-fixture.ts';

const planOf = (text: string, mode?: Plan['mode']): Plan => {
  const { detections, problems: found } = compile(text, mode);
  expect(found.map(formatProblem)).toEqual([]);
  const [detection] = detections;
  if (detection === undefined) throw new Error('no detection');
  return detection.plan;
};

test('the least that a detection needs', () => {
  expect(compile(head).detections).toEqual([
    {
      plan: {
        id: 'd',
        title: 'D',
        about: {
          uuid: '',
          version: '',
          status: 'experimental',
          description: '',
          references: [],
          attack: [],
          story: [],
          domain: '',
          license: '',
          annotations: {},
          drilldowns: [],
          needs: undefined,
        },
        origin: { frontend: 'native', file: 'd.yaml', line: 1 },
        mode: 'streaming',
        where: {
          kind: 'test',
          field: { name: 'verb', arrays: 'hidden' },
          test: { op: 'equals', values: ['get'], fold: true },
        },
        steps: [],
        risk: undefined,
      },
      tests: [],
    },
  ]);
});

test('all that it may have', () => {
  const text = `${grouped}
version: 1.10
attack: [T1526, T1552.007]
story: Kubernetes Security
needs: {resource: events, level: Request}
allow: kube_allowed_images
having: {n: {at_least: 5}, ip: {not: {cidr: 10.0.0.0/8}}}
emit: both
suppress: {by: [ip], for: 1h30m}
risk:
  message: '{user.username} {{braces}} {n}'
  objects: [{field: user.username, type: user, score: 20, impact: 50, confidence: 40}]
  threats: [{field: ip, type: ip_address}]
tests:
  - {name: one, events: [{verb: get, code: 4.0e2}, '{"verb": "get"}'], expect: [{n: 2, ip: [a, b]}]}
`;
  const plan = planOf(text);
  expect(plan.about).toMatchObject({ version: '1.10', story: ['Kubernetes Security'] });
  expect(plan.about.attack.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'T1526 Cloud Service Discovery',
    'T1552.007 Container API',
  ]);
  expect(plan.steps.map(({ kind }) => kind)).toEqual(['allow', 'aggregate', 'having', 'suppress']);
  expect(plan.steps[0]).toEqual({ kind: 'allow', entries: [entry] });
  expect(plan.steps[1]).toEqual({
    kind: 'aggregate',
    by: [
      { field: { name: 'user.username', arrays: 'hidden' }, as: 'user.username', default: undefined },
      { field: { name: 'sourceIPs', arrays: 'hidden' }, as: 'ip', default: '0' },
    ],
    measures: [{ as: 'n', of: 'count', field: undefined }],
    window: { kind: 'tumbling', every: 3_600_000, offset: 0, lateness: 60_000 },
    emit: 'both',
  });
  expect(plan.steps[3]).toEqual({ kind: 'suppress', by: ['ip'], period: 5_400_000 });
  expect(plan.risk?.objects).toEqual([
    { field: 'user.username', type: 'user', score: 20, impact: 50, confidence: 40 },
  ]);
  expect(compile(text).detections[0]?.tests).toEqual([
    {
      name: 'one',
      events: ['{"verb":"get","code":4.0e2}', '{"verb": "get"}'],
      expect: [{ n: ['2'], ip: ['a', 'b'] }],
      line: 21,
    },
  ]);
});

test.each([
  [
    '{every: 1h, offset: 50m, lateness: 10m}',
    { kind: 'tumbling', every: 3_600_000, offset: 3_000_000, lateness: 600_000 },
  ],
  ['{sliding: 5m}', { kind: 'sliding', length: 300_000, lateness: 60_000 }],
  ['{session: 10m, lateness: 0s}', { kind: 'session', gap: 600_000, lateness: 0 }],
  ['{every: 1.1s}', { kind: 'tumbling', every: 1_100, offset: 0, lateness: 60_000 }],
])('the window %s', (window, expected) => {
  expect(planOf(`${head}window: ${window}`).steps).toMatchObject([{ window: expected, emit: 'first' }]);
});

test('its own mode goes before that of the configuration', () => {
  expect(planOf(`${head}mode: scheduled`).mode).toBe('scheduled');
  expect(planOf(head, 'scheduled').mode).toBe('scheduled');
});

test('a technique that the table does not know is a warning', () => {
  const { detections, problems: found } = compile(`${head}attack: [T9999]`);
  expect(found.map(formatProblem)).toEqual([
    'd.yaml:4:10 warning: attack[0]: "T9999" is not in our ATT&CK table; it is passed on without name and tactics',
  ]);
  expect(detections[0]?.plan.about.attack).toEqual([{ id: 'T9999', name: '', tactics: [] }]);
});

test.each([
  ['detection: a', true],
  ['# note\n"detection": a', true],
  ['{detection: a}', true],
  ['{"detection": "a"}', true],
  ['rules:\n  detection: a', false],
  ['logsource: {product: kubernetes}\ndetection: {selection: {verb: get}}', false],
  ['name: x\nsearch: y', false],
  ['', false],
])('takes %j: %s', (text, taken) => {
  expect(nativeFrontend.accepts({ path: 'x', text })).toBe(taken);
});
