import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { AllowEntry, Plan } from '../../../../src/detection/plan/plan.ts';
import { anyOf } from '../../../../src/detection/plan/combine.ts';
import { nativeFrontend } from '../../../../src/detection/frontends/native/native.ts';
import { formatProblem } from '../../../../src/util/problem.ts';

const entry: AllowEntry = {
  allowlist: 'kube_allowed_images',
  index: 0,
  where: anyOf([]),
  owner: 'o',
  reason: 'r',
  expires: undefined,
};
const allowlists = new Map([['kube_allowed_images', [entry]]]);
const compile = (text: string, mode: Plan['mode'] = 'streaming'): ReturnType<typeof nativeFrontend.compile> =>
  nativeFrontend.compile({ path: 'd.yaml', text }, { allowlists, mode });
const problems = (text: string): string[] => compile(text).problems.map(formatProblem);
const planOf = (text: string, mode?: Plan['mode']): Plan => {
  const { detections, problems: found } = compile(text, mode);
  expect(found.map(formatProblem)).toEqual([]);
  const [detection] = detections;
  if (detection === undefined) throw new Error('no detection');
  return detection.plan;
};

const head = 'detection: d\ntitle: D\nwhere: {verb: get}\n';
const grouped = `${head}window: {every: 1h}\ngroup_by: [user.username, {field: sourceIPs, as: ip, default: 0}]\nmeasures: {n: count()}\n`;

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

describe('every mistake is named with its place and what would be right', () => {
  test.each([
    ['detection: d\ntitle: D\n', 'd.yaml:1:1 where: is missing'],
    ['detection: "a/b"\ntitle: D\nwhere: {a: b}', 'd.yaml:1:12 detection: must be letters, digits'],
    [`${head}detectoin: x`, 'd.yaml:4:1 detectoin: unknown key. Did you mean "detection"?'],
    [
      `${head}status: prod`,
      'd.yaml:4:9 status: "prod" is not one of experimental, test, production, deprecated',
    ],
    [`${head}uuid: 7`, 'd.yaml:4:7 uuid: must be a UUID'],
    [`${head}uuid: abc`, 'd.yaml:4:7 uuid: must be a UUID'],
    [`${head}references: x`, 'd.yaml:4:13 references: must be a list, not "x"'],
    [`${head}attack: [t1]`, 'd.yaml:4:10 attack[0]: must be an ATT&CK technique'],
    [`${head}logs: falco`, 'd.yaml:4:7 logs: "falco" is not one of kubernetes_audit'],
    [
      `${head}allow: [kube_allowed_image]`,
      'd.yaml:4:9 allow[0]: there is no allowlist "kube_allowed_image". Did you mean "kube_allowed_images"?',
    ],
    [
      `${head}allow: [kube_allowed_images, kube_allowed_images]`,
      'd.yaml:4:30 allow[1]: the allowlist "kube_allowed_images" is there twice',
    ],
    [`${head}group_by: [a]`, 'd.yaml:4:1 group_by: needs a "window", such as window: {every: 1h}'],
    [`${head}measures: {n: count()}`, 'd.yaml:4:1 measures: needs a "window"'],
    [`${head}having: {n: 1}`, 'd.yaml:4:1 having: needs a "window"'],
    [`${head}emit: close`, 'd.yaml:4:1 emit: needs a "window"'],
    [`${head}window: {}`, 'd.yaml:4:1 window.every: is missing'],
    [`${head}window: {every: 0s}`, 'd.yaml:4:17 window.every: must be longer than 0'],
    [`${head}window: {every: 400d}`, 'd.yaml:4:17 window.every: must not be longer than a year'],
    [`${head}window: {every: 1h, offset: 1h}`, 'd.yaml:4:29 window.offset: must be shorter than "every"'],
    [
      `${head}window: {every: 1h, ofset: 5m}`,
      'd.yaml:4:21 window.ofset: unknown key. Did you mean "offset"?',
    ],
    [`${head}window: {session: 1h, offset: 5m}`, 'd.yaml:4:23 window.offset: unknown key'],
    [`${head}window: {every: 5 parsecs}`, 'd.yaml:4:17 window.every: "5 parsecs" is not a duration'],
    [`${head}window: {sliding: 5m}\nemit: close`, 'd.yaml:5:7 emit: a sliding window has no close'],
    [
      `${head}window: {sliding: 5m}\nmode: scheduled`,
      'd.yaml:4:10 window.sliding: a sliding window never closes',
    ],
    [`${grouped}having: {m: 1}`, 'd.yaml:7:10 having.m: there is no column "m", only user.username, ip, n'],
    [`${grouped}suppress: {by: [user], for: 1m}`, 'd.yaml:7:17 suppress.by[0]: there is no column "user"'],
    [`${grouped}suppress: {by: [ip], for: 0s}`, 'd.yaml:7:27 suppress.for: must be longer than 0'],
    [
      `${head}window: {every: 1h}\ngroup_by: [a, {field: b, as: a}]`,
      'd.yaml:5:15 group_by[1]: the column "a" is there twice',
    ],
    [
      `${head}window: {every: 1h}\ngroup_by: [a]\nmeasures: {a: count()}`,
      'd.yaml:6:15 measures.a: the column "a" is there twice',
    ],
    [
      `${head}window: {every: 1h}\ngroup_by: [{field: a, as: 'x{'}]`,
      'd.yaml:5:12 group_by[0]: "x{" cannot name a column',
    ],
    [
      `${head}window: {every: 1h}\ngroup_by: [{feld: a}]`,
      'd.yaml:5:13 group_by[0].feld: unknown key. Did you mean "field"?',
    ],
    [
      `${grouped}risk: {message: 'by {usr.username}', objects: [{field: ip, type: t, score: 1}]}`,
      'd.yaml:7:17 risk.message: there is no column "usr.username", only user.username, ip, n. Did you mean "user.username"?',
    ],
    [
      `${grouped}risk: {message: 'by {', objects: [{field: ip, type: t, score: 1}]}`,
      'd.yaml:7:17 risk.message: "{" names no column; write {column}, or "{{" for a brace',
    ],
    [
      `${grouped}risk: {message: '{}', objects: [{field: ip, type: t, score: 1}]}`,
      'd.yaml:7:17 risk.message: "{}" names no column',
    ],
    [
      `${grouped}risk: {message: m, objects: [{field: ipp, type: t, score: 1}]}`,
      'd.yaml:7:38 risk.objects[0].field: there is no column "ipp"',
    ],
    [
      `${grouped}risk: {message: m, objects: [{field: ip, type: t, score: 101}]}`,
      'd.yaml:7:58 risk.objects[0].score: must be at most 100',
    ],
    [`${grouped}risk: {message: m, objects: []}`, 'd.yaml:7:29 risk.objects: must not be empty'],
    [
      `${head}risk: {message: m, objects: [{field: user, type: t, score: 1}]}`,
      'd.yaml:4:38 risk.objects[0].field: there is no column "user": findings have the columns of "group_by" and "measures"',
    ],
    [
      `${head}tests: [{name: t, events: ['{"a": '], expect: []}]`,
      'd.yaml:4:28 tests[0].events[0]: is not one JSON object',
    ],
    [
      `${grouped}tests: [{name: t, events: [{}], expect: [{m: 1}]}]`,
      'd.yaml:7:46 tests[0].expect[0].m: there is no column "m"',
    ],
    [
      'detection: d\ntitle: D\nwhere: {a: {b: c}}',
      'd.yaml:3:13 where.a.b: there is no test "b". Did you mean "in"?',
    ],
    [
      'detection: d\ntitle: D\nwhere: {a: {glb: c}}',
      'd.yaml:3:13 where.a.glb: there is no test "glb". Did you mean "glob"?',
    ],
    [
      'detection: d\ntitle: D\nwhere: {a: {at_least: "5"}}',
      'd.yaml:3:23 where.a.at_least: must be a number, not "5"',
    ],
    ['detection: d\ntitle: D\nwhere: {a: {}}', 'd.yaml:3:12 where.a: tests nothing'],
    ['detection: d\ntitle: D\nwhere: {a: {case: sensitive}}', 'd.yaml:3:12 where.a: tests nothing'],
    ['detection: d\ntitle: D\nwhere: {a: []}', 'd.yaml:3:12 where.a: must not be empty'],
    [
      'detection: d\ntitle: D\nwhere: {a: }',
      'd.yaml:3:12 where.a: must be a value, a list of values, or a map of tests',
    ],
    ['detection: d\ntitle: D\nwhere: {}', 'd.yaml:3:8 where: tests nothing'],
    ['detection: d\ntitle: D\nwhere: []', 'd.yaml:3:8 where: must not be empty'],
    [
      'detection: d\ntitle: D\nwhere: verb = get',
      'd.yaml:3:8 where: must be a map of fields (and), or a list of such maps (or)',
    ],
    ['detection: d\ntitle: D\nwhere: {any: {a: b}}', 'd.yaml:3:14 where.any: must be a list, not a map'],
    ['[detection]', 'd.yaml:1:1 must be a map, not a list'],
    ['', 'd.yaml:1:1 must be a map, not nothing'],
  ])('%s', (text, expected) => {
    const { detections } = compile(text);
    expect(problems(text)).toContainEqual(expect.stringContaining(expected));
    expect(detections).toEqual([]);
  });
});

test('mistakes of shape and of sense are named at once, in the order of the file', () => {
  expect(
    problems(
      `${head}status: prod\nallow: [nobody]\nwindow: {evry: 1h}\ngroup_by: [a..b]\nrisk: {message: '{a}', objects: [{field: b, type: t, score: 1}]}`,
    ),
  ).toEqual([
    'd.yaml:4:9 status: "prod" is not one of experimental, test, production, deprecated',
    'd.yaml:5:9 allow[0]: there is no allowlist "nobody"',
    'd.yaml:6:1 window.every: is missing',
    'd.yaml:6:10 window.evry: unknown key. Did you mean "every"?',
  ]);
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

const seed = 'pipelines/detections/kubernetes-suspicious-image-pulling.yaml';

test.runIf(existsSync(seed))(
  'a damaged file is a detection or problems with places, never an exception',
  () => {
    const text = readFileSync(seed, 'utf8');
    const outcomes = { compiled: 0, refused: 0 };
    const damage = fc.oneof(
      fc.record({ from: fc.nat(text.length), length: fc.nat(30), put: fc.constant('') }),
      fc.record({
        from: fc.nat(text.length),
        length: fc.nat(3),
        put: fc.constantFrom(
          '\n',
          ' ',
          '{',
          '}',
          '[',
          ': ',
          '- ',
          '"',
          "'",
          '*',
          '&a ',
          '!',
          '\t',
          '0',
          'é',
          '\u0000',
        ),
      }),
    );
    fc.assert(
      fc.property(damage, ({ from, length, put }) => {
        const { detections, problems: found } = compile(
          text.slice(0, from) + put + text.slice(from + length),
        );
        const errors = found.filter(({ severity }) => severity === 'error');
        expect(detections.length).toBe(errors.length === 0 ? 1 : 0);
        for (const { line, column } of found) expect(Math.min(line, column)).toBeGreaterThan(0);
        outcomes[errors.length === 0 ? 'compiled' : 'refused']++;
      }),
      { seed: 45, numRuns: 200 },
    );
    expect(Math.min(outcomes.compiled, outcomes.refused)).toBeGreaterThan(20);
  },
);

test.runIf(existsSync(seed))('a part of another kind than it should be is a problem of that part', () => {
  const document = parseDocument(readFileSync(seed, 'utf8'));
  const value = document.toJS() as Record<string, unknown>;
  const keys = Object.keys(value).filter((key) => key !== 'logs');
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.constantFrom<unknown>(null, 7.5, true, [[1]], { a: [] }),
      (key, odd) => {
        const { detections, problems: found } = compile(JSON.stringify({ ...value, [key]: odd }));
        if (detections.length === 0) expect(found.some(({ path }) => path.startsWith(key))).toBe(true);
      },
    ),
    { seed: 46, numRuns: 80 },
  );
});
