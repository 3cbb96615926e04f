import { describe, expect, test } from 'vitest';
import type { DetectionFile } from '../../src/detection/frontends/frontend.ts';
import type { Loaded, LoadOptions } from '../../src/detection/load.ts';
import { formatProblem } from '../../src/util/problem.ts';
import { load as loadFiles } from './load-fixture.ts';

const detection = (id: string, path = `${id}.yaml`, rest = ''): DetectionFile => ({
  path,
  text: `detection: ${id}\ntitle: T\nwhere: {verb: get}\nwindow: {every: 1h}\ngroup_by: [user]\n${rest}`,
});
const risk = 'risk: {message: m, objects: [{field: user, type: user, score: 20}]}\n';
const allowlist = (id: string, path = `${id}.yaml`): DetectionFile => ({
  path,
  text: `allowlist: ${id}\nentries: [{where: {verb: ${id}}, owner: o, reason: r}]\n`,
});
const load = (
  detections: readonly DetectionFile[],
  allowlists: readonly DetectionFile[] = [],
  options: Partial<LoadOptions> = {},
): Loaded => loadFiles({ detections, allowlists }, options);
const problems = (...given: Parameters<typeof load>): string[] => load(...given).problems.map(formatProblem);

test('detections come in the order of their files', () => {
  const loaded = load([detection('b'), detection('a')]);
  expect(loaded.problems).toEqual([]);
  expect(loaded.detections.map(({ plan }) => plan.id)).toEqual(['b', 'a']);
});

test('two files of one id are an error that names both', () => {
  expect(problems([detection('a', 'one.yaml'), detection('a', 'two.yaml')])).toEqual([
    'two.yaml:1:1 detection: the detection "a" is already in one.yaml:1; give one of them another id',
  ]);
  expect(problems([], [allowlist('l', 'one.yaml'), allowlist('l', 'two.yaml')])).toEqual([
    'two.yaml allowlist: the allowlist "l" is already in one.yaml; give one of them another id',
  ]);
});

const expected = 'a detection file has a key "detection" with its id, or is a Splunk ESCU detection';

test.each([
  [
    'title: X\nlogsource: {product: kubernetes}\ndetection: {condition: a}\n',
    'looks like a Sigma rule; they are not supported in this version',
  ],
  ['allowlist: x\nentries: []\n', 'looks like an allowlist; name it under "allowlists"'],
  ['detecton: x\ntitle: T\n', `${expected}; did you mean "detection" by "detecton"?`],
])('a file that was to have an effect and has none is an error: %j', (text, hint) => {
  expect(problems([{ path: 'x.yml', text }])).toEqual([`x.yml no detection: ${hint}`]);
});

test.each([
  ['hello', `passed over, no detection: ${expected}`],
  ['name: m\ndefinition: a=b\n', 'passed over: looks like a Splunk macro; name it under "macros"'],
  [
    'name: d\ntype: TTP\nscheduling: {}\n',
    'passed over: looks like a Splunk deployment; name it under "deployments"',
  ],
  ['name: l\nlookup_type: csv\n', 'passed over: looks like a Splunk lookup; name it under "lookups"'],
  [
    'name: B\ntype: Baseline\nsearch: x\n',
    'passed over: looks like a Splunk baseline, which is no detection',
  ],
  [
    'name: I\ntype: "Investigation"\nsearch: x\n',
    'passed over: looks like a Splunk investigation, which is no detection',
  ],
  ['name: P\nplaybook: x\n', 'passed over: looks like a Splunk playbook, which is no detection'],
])('a file of another kind is named and passed over: %j', (text, message) => {
  expect(problems([{ path: 'x.yml', text }])).toEqual([`x.yml warning: ${message}`]);
});

test('a story or data source is checked and passed over without a word', () => {
  const story = 'name: S\nnarrative: n\ntags: {category: [Cloud Security]}\n';
  const source = 'name: D\nsource: kubernetes\nsourcetype: _json\n';
  expect(
    problems([
      { path: 's.yml', text: story },
      { path: 'd.yml', text: source },
    ]),
  ).toEqual([]);
  expect(
    problems([
      { path: 's.yml', text: `${story}referenes: []\n` },
      { path: 'd.yml', text: `${source}a: &a [*a]\n` },
    ]),
  ).toEqual([
    's.yml:4:1 warning: referenes: unknown key. Did you mean "references"?',
    'd.yml:4:7 warning: nested deeper than 64 levels',
  ]);
});

test('problems of all files come together, and sound detections are still there', () => {
  const loaded = load(
    [{ path: 'x', text: 'detection: x\n' }, detection('a')],
    [{ path: 'l', text: 'allowlist: l\n' }],
  );
  expect(loaded.problems.map(formatProblem)).toEqual([
    'l:1:1 entries: is missing',
    'x:1:1 title: is missing',
    'x:1:1 where: is missing',
  ]);
  expect(loaded.detections.map(({ plan }) => plan.id)).toEqual(['a']);
});

describe('an override', () => {
  const files = [detection('a', 'a.yaml', risk), detection('b', 'b.yaml', 'allow: m\n')];
  const lists = [allowlist('l'), allowlist('m')];
  const overridden = (overrides: LoadOptions['overrides']): Loaded => load(files, lists, { overrides });

  test('leaves a detection out', () => {
    expect(overridden({ a: { disabled: true } }).detections.map(({ plan }) => plan.id)).toEqual(['b']);
  });

  test('sets mode and score', () => {
    const [a] = overridden({ a: { mode: 'scheduled', score: 70 } }).detections;
    expect([a?.plan.mode, a?.plan.risk?.objects[0]?.score]).toEqual(['scheduled', 70]);
  });

  test('adds allowlists to those of the detection, each once and before all other steps', () => {
    const { detections } = overridden({ a: { allowlists: ['l'] }, b: { allowlists: ['m', 'l', 'l'] } });
    const steps = detections.map(({ plan }) =>
      plan.steps.map((step) =>
        step.kind === 'allow' ? step.entries.map((entry) => entry.allowlist) : step.kind,
      ),
    );
    expect(steps).toEqual([
      [['l'], 'aggregate'],
      [['m', 'l'], 'aggregate'],
    ]);
  });

  test.each<[string, LoadOptions['overrides'], string]>([
    [
      'an unknown detection',
      { ab: {} },
      'c.yaml overrides.ab: there is no detection "ab". Did you mean "a"?',
    ],
    [
      'a name that objects have',
      { constructor: {} },
      'c.yaml overrides.constructor: there is no detection "constructor"',
    ],
    [
      'an unknown allowlist',
      { a: { allowlists: ['m', 'll'] } },
      'c.yaml overrides.a.allowlists[1]: there is no allowlist "ll". Did you mean "l"?',
    ],
    [
      'a score without risk',
      { b: { score: 5 } },
      'c.yaml overrides.b.score: the detection "b" has no risk that could be scored',
    ],
  ])('of %s is an error', (_, overrides, message) => {
    expect(overridden(overrides).problems.map(formatProblem)).toEqual([message]);
  });

  test('cannot put a sliding window on a schedule', () => {
    const sliding = {
      path: 's',
      text: 'detection: s\ntitle: T\nwhere: {verb: get}\nwindow: {sliding: 5m}\n',
    };
    expect(problems([sliding], [], { overrides: { s: { mode: 'scheduled' } } })).toEqual([
      expect.stringContaining('c.yaml overrides.s.mode: a sliding window never closes'),
    ]);
  });
});

test('a detection that cannot run does no harm where it is disabled', () => {
  const joined = {
    path: 'k8s_join.yml',
    text: 'name: J\nid: j\ntype: TTP\nsearch: a=1 | join a [search b=2]\n',
  };
  const broken = { path: 'broken.yaml', text: 'detection: broken\ntitle: B\nwhere: {verb: }\nwindow: 1\n' };
  const detections = [joined, broken];
  expect(loadFiles({ detections }).problems.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['k8s_join.yml', 'broken.yaml']),
  );
  const overrides = { 'k8s-join': { disabled: true }, broken: { disabled: true } };
  expect(loadFiles({ detections }, { overrides })).toMatchObject({ detections: [], problems: [] });
});
