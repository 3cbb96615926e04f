import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../../../src/detection/frontends/frontend.ts';
import type { LoadFiles, LoadOptions } from '../../../../src/detection/load.ts';
import { formatProblem } from '../../../../src/util/problem.ts';
import { load } from '../../load-fixture.ts';
import { currentDetection, olderDetection } from './detection-text.ts';

interface Compiled {
  readonly detection: Detection | undefined;
  readonly problems: readonly string[];
  readonly rules: readonly (string | undefined)[];
}

function compile(
  text: string,
  files: Partial<LoadFiles> = {},
  options: Partial<LoadOptions> = {},
  path = 'rules/k8s_scan.yml',
): Compiled {
  const { detections, problems } = load({ detections: [{ path, text }], ...files }, options);
  return {
    detection: detections[0],
    problems: problems.map(formatProblem),
    rules: problems.map(({ rule }) => rule),
  };
}

const planOf = (text: string, files: Partial<LoadFiles> = {}, options: Partial<LoadOptions> = {}) => {
  const { detection, problems } = compile(text, files, options);
  expect(problems).toEqual([]);
  if (detection === undefined) throw new Error('no detection');
  return detection.plan;
};

/** A file whose search is written as it stands here, from line 5 on. */
const withSearch = (search: string): string =>
  `name: N\nid: 4d3a17b3-0a6d-4ae0-9421-46623a69c122\ntype: Hunting\n${search}\n`;

test('a file becomes a plan with all that it says', () => {
  const text = currentDetection({
    drilldown_searches: [
      {
        name: 'Results for $user$',
        search: '%original_detection_search% | search user = "$user$"',
        earliest_offset: '$info_min_time$',
        latest_offset: 7,
      },
    ],
  });
  const plan = planOf(text);
  const search = 'verb=get | stats count by user src_ip | `k8s_scan_filter`';
  expect(plan).toMatchObject({
    id: 'k8s-scan',
    title: 'K8s Scan',
    origin: { frontend: 'splunk', file: 'rules/k8s_scan.yml', line: 1 },
    mode: 'streaming',
    risk: {
      message: [
        'Scan by ',
        { column: 'user', written: '$user$' },
        ' from ',
        { column: 'src_ip', written: '$src_ip$' },
      ],
      objects: [{ field: 'user', type: 'user', score: 20, impact: undefined, confidence: undefined }],
      threats: [{ field: 'src_ip', type: 'ip_address' }],
    },
  });
  expect(plan.about).toEqual({
    uuid: '4d3a17b3-0a6d-4ae0-9421-46623a69c122',
    version: '8',
    status: 'production',
    description: 'It finds.',
    references: ['https://example.com/'],
    attack: [
      { id: 'T1526', name: 'Cloud Service Discovery', tactics: [{ id: 'TA0007', name: 'Discovery' }] },
    ],
    story: ['Kubernetes Security'],
    domain: 'network',
    license: '',
    annotations: {
      asset_type: ['Kubernetes'],
      cis20: ['CIS 13'],
      data_source: ['Kubernetes Audit'],
      kill_chain_phases: ['Exploitation'],
      nist: ['DE.AE'],
      type: ['Anomaly'],
    },
    drilldowns: [
      {
        name: ['Results for ', { column: 'user', written: '$user$' }],
        search: [search, ' | search user = "', { column: 'user', written: '$user$' }, '"'],
        earliest: [{ column: 'info_min_time', written: '$info_min_time$' }],
        latest: ['7'],
      },
    ],
    needs: undefined,
  });
});

test('the files that it was tested with come along', () => {
  expect(compile(currentDetection()).detection).toMatchObject({
    tests: [],
    attackData: [
      {
        name: 'True Positive Test',
        files: [{ data: 'https://example.com/a.json', source: 'kubernetes', sourcetype: '_json' }],
      },
    ],
  });
});

test('a detection of the older schema has its computed score, impact and confidence', () => {
  expect(planOf(olderDetection()).risk).toMatchObject({
    objects: [{ field: 'user', type: 'user', score: 49, impact: 70, confidence: 70 }],
    threats: [{ field: 'src_ip', type: 'ip_address' }],
  });
});

describe('annotations', () => {
  test.each<[string, object, object, object]>([
    ['nist of a TTP', { type: 'TTP' }, {}, { nist: ['DE.CM'] }],
    ['nist of others', {}, {}, { nist: ['DE.AE'] }],
    ['cis20 of other domains', {}, { security_domain: 'access' }, { cis20: ['CIS 10'] }],
    ['a CVE', {}, { cve: ['CVE-2024-21626'] }, { cve: ['CVE-2024-21626'] }],
    ['data sources that go together', { data_source: ['A AND B', 'B'] }, {}, { data_source: ['A', 'B'] }],
    [
      'kill chain phases, each once and sorted',
      {},
      { mitre_attack_id: ['T1053.007', 'T1526', 'T1190'] },
      { kill_chain_phases: ['Delivery', 'Exploitation', 'Installation'] },
    ],
    ['no phase without technique', {}, { mitre_attack_id: [] }, { kill_chain_phases: undefined }],
  ])('%s', (_, change, tags, expected) => {
    expect({
      kill_chain_phases: undefined,
      ...planOf(currentDetection({ ...change }, { ...tags })).about.annotations,
    }).toMatchObject(expected);
  });
});

describe('the deployment', () => {
  const schedule = (plan: ReturnType<typeof planOf>): unknown =>
    plan.steps.flatMap((step) => (step.kind === 'transform' ? [step.schedule] : []));
  const daily = { cron_schedule: '0 3 * * *', earliest_time: '-1d', latest_time: 'now' };
  const nightly = [{ cron: '0 3 * * *', earliest: '-1d', latest: 'now' }];

  test("is ESCU's where nothing is said", () => {
    expect(schedule(planOf(currentDetection()))).toEqual([
      { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' },
    ]);
  });

  test('is that of its type', () => {
    const text = `name: D\ntype: Anomaly\nscheduling: ${JSON.stringify(daily)}\n`;
    const plan = planOf(currentDetection(), { deployments: [{ path: 'd.yml', text }] });
    expect(schedule(plan)).toEqual(nightly);
    expect(plan.risk).toBeUndefined();
  });

  test('is that of the detection itself before all', () => {
    const plan = planOf(
      currentDetection({ deployment: { scheduling: daily, alert_action: { rba: { enabled: true } } } }),
    );
    expect(schedule(plan)).toEqual(nightly);
    expect(plan.risk).toBeDefined();
  });

  test('of a detection itself is checked', () => {
    const { problems } = compile(
      currentDetection({ deployment: { scheduling: { ...daily, cron_schedule: 'x' } } }),
    );
    expect(problems).toEqual([expect.stringContaining('deployment.scheduling: cron "x" cannot be read')]);
  });

  test.each(['Hunting', 'Correlation'])('makes no risk of the type "%s"', (type) => {
    expect(planOf(currentDetection({ type })).risk).toBeUndefined();
    expect(planOf(currentDetection({ type, rba: undefined })).risk).toBeUndefined();
  });

  test.each(['TTP', 'Anomaly'])('needs to know the risk of the type "%s"', (type) => {
    const { problems, detection } = compile(currentDetection({ type, rba: undefined }));
    expect(problems).toEqual([
      `rules/k8s_scan.yml:1:1 rba: is missing: the deployment of type "${type}" makes risk of what is found`,
    ]);
    expect(detection).toBeUndefined();
  });

  test('makes no risk where nobody is a victim', () => {
    const observable = [{ name: 'src_ip', type: 'IP Address', role: ['Attacker'] }];
    const { problems, detection } = compile(olderDetection({}, { observable }));
    expect(problems).toEqual([expect.stringContaining('warning: tags.observable: has no "Victim"')]);
    expect(detection?.plan.risk).toBeUndefined();
  });
});

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
])('throttling for %s is a step at the end', (period, ms) => {
  const { steps } = planOf(currentDetection({}, { throttling: { fields: ['user'], period } }));
  expect(steps.map(({ kind }) => kind)).toEqual(['transform', 'suppress']);
  expect(steps.at(-1)).toEqual({ kind: 'suppress', by: ['user'], period: ms });
});

test('throttling for no time is none', () => {
  const { steps } = planOf(currentDetection({}, { throttling: { fields: ['user'], period: '0s' } }));
  expect(steps.map(({ kind }) => kind)).toEqual(['transform']);
});

describe('an error in the search stands where it is written', () => {
  test.each([
    ['in a literal block', 'search: |\n  verb=get\n    | statz count', '6:7'],
    ['in a folded block', 'search: >-\n  verb=get\n  | statz count', '6:5'],
    ['in a plain text', 'search: verb=get\n    | statz count', '5:7'],
    ['in single quotes', "search: 'user=''a''\n  | statz count'", '5:5'],
    ['in double quotes', 'search: "user=\\"a\\" | statz count"', '4:23'],
    ['behind CR LF', 'search: |\r\n  verb=get\r\n  | statz count\r', '6:5'],
  ])('%s', (_, search, place) => {
    const { problems, rules } = compile(withSearch(search));
    expect(problems).toEqual([expect.stringContaining(`rules/k8s_scan.yml:${place} search: `)]);
    expect(problems[0]).toContain('"statz"');
    expect(rules).toEqual(['unknown-command']);
  });

  test('in a macro: at the macro, with the place of the call', () => {
    const macro = { path: 'macros/m.yml', text: 'name: m\ndefinition: |-\n  search a=b\n  | statz count\n' };
    const { problems } = compile(withSearch('search: |\n  verb=get\n  | `m`'), { macros: [macro] });
    expect(problems).toEqual([
      expect.stringMatching(
        /^macros\/m\.yml:4:5 definition: .*"statz".*, in the macro "m" called at rules\/k8s_scan\.yml:6:5$/,
      ),
    ]);
  });

  test('in a macro of a macro: with the call in the macro around it', () => {
    const macros = [
      { path: 'a.yml', text: 'name: a\ndefinition: "`b`"\n' },
      { path: 'b.yml', text: 'name: b\ndefinition: statz count\n' },
    ];
    expect(compile(withSearch('search: verb=get | `a`'), { macros }).problems).toEqual([
      expect.stringMatching(/^b\.yml:2:13 definition: .*, in the macro "b" called at a\.yml:2:14/),
    ]);
  });

  test('in a macro of the configuration: at the configuration', () => {
    expect(
      compile(withSearch('search: verb=get | `m`'), {}, { define: { m: 'statz count' } }).problems,
    ).toEqual([
      expect.stringMatching(
        /^c\.yaml macros\.define\.m: .*"statz".*, in the macro "m" called at rules\/k8s_scan\.yml:4:20 \(line 1, column 1 of the macro\)$/,
      ),
    ]);
  });

  test.each([
    ['an unknown macro', 'search: "`kube_adit` verb=get"', '4:10 search: ', 'unknown-macro'],
    ['a wrong number of arguments', 'search: "`kube_audit(x)` verb=get"', '4:10 search: ', 'macro-arguments'],
    ['a macro that calls itself', 'search: "`loop` verb=get"', 'definition: ', 'macro-loop'],
  ])('%s', (_, search, place, rule) => {
    const macros = [
      { path: 'a.yml', text: 'name: kube_audit\ndefinition: source="kubernetes"\n' },
      { path: 'l.yml', text: 'name: loop\ndefinition: "`loop`"\n' },
    ];
    const { problems, rules } = compile(withSearch(search), { macros });
    expect(problems).toEqual([expect.stringContaining(place)]);
    expect(rules).toEqual([rule]);
  });

  test('beside whatever else is wrong with the file', () => {
    const text = currentDetection({ search: 'verb=get | statz count', status: 'x', naem: 'y' });
    expect(compile(text).problems).toHaveLength(3);
  });
});

test('a lookup that nobody defines is an error in a pipeline, a warning where only the search is checked', () => {
  const text = withSearch('search: verb=get | lookup paths path OUTPUT bad');
  const strict = compile(text);
  expect([strict.rules, strict.detection]).toEqual([['unknown-lookup'], undefined]);
  const checked = compile(text, {}, { missingLookup: 'warning' });
  expect(checked.rules).toEqual(['unknown-lookup']);
  expect(checked.problems[0]).toContain('warning: ');
  expect(checked.detection).toBeDefined();
});

test('lookups that are in use are told', () => {
  const lookups = ['paths', 'others'].map((name) => ({
    path: `${name}.yml`,
    text: `name: ${name}\nlookup_type: csv\n`,
  }));
  const text = withSearch('search: verb=get | lookup paths path OUTPUT bad');
  const loaded = load({ detections: [{ path: 'a.yml', text }], lookups });
  expect(loaded.problems).toEqual([]);
  expect(loaded.lookups.map(({ name }) => name)).toEqual(['paths']);
});

describe('the mode', () => {
  const top = withSearch('search: verb=get | top limit=3 user');

  test('is what the configuration says, of this detection before all', () => {
    expect(planOf(currentDetection(), {}, { mode: 'scheduled' }).mode).toBe('scheduled');
    const overrides = { 'k8s-scan': { mode: 'streaming' as const } };
    expect(planOf(currentDetection(), {}, { mode: 'scheduled', overrides }).mode).toBe('streaming');
  });

  test('is "scheduled" for a search that cannot stream, with a warning', () => {
    const { detection, problems, rules } = compile(top);
    expect(detection?.plan.mode).toBe('scheduled');
    expect(problems).toEqual([
      expect.stringMatching(/^rules\/k8s_scan\.yml:4:1 warning: search: runs in the mode "scheduled": /),
    ]);
    expect(rules).toEqual(['mode']);
  });

  test('is no surprise where it is configured', () => {
    const overrides = { 'k8s-scan': { mode: 'scheduled' as const } };
    expect(planOf(top, {}, { overrides }).mode).toBe('scheduled');
  });
});

describe('the id', () => {
  test.each([
    ['kubernetes_suspicious_image_pulling.yml', 'kubernetes-suspicious-image-pulling'],
    ['a/b.c/My Rule - 2.yaml', 'my-rule-2'],
  ])('of %s is %s', (path, id) => {
    expect(compile(currentDetection(), {}, {}, path).detection?.plan.id).toBe(id);
  });

  test.each(['__.yml', `${'x'.repeat(129)}.yml`])('of a file named %s is none', (path) => {
    expect(compile(currentDetection(), {}, {}, path).problems).toEqual([
      expect.stringContaining('the name of the file makes no id'),
    ]);
  });

  test('is there once, and so is the UUID', () => {
    const text = currentDetection();
    const other = { path: 'other.yml', text: text.replace('4d3a17b3', '4D3A17B3') };
    const native = { path: 'n.yaml', text: 'detection: k8s-scan\ntitle: T\nwhere: {verb: get}\n' };
    const file = { path: 'k8s_scan.yml', text };
    expect(load({ detections: [file, other, native] }).problems.map(formatProblem)).toEqual([
      'other.yml:1:1 name: the detection "4d3a17b3-0a6d-4ae0-9421-46623a69c122" is already in k8s_scan.yml:1; give one of them another id',
      'n.yaml:1:1 detection: the detection "k8s-scan" is already in k8s_scan.yml:1; give one of them another id',
    ]);
  });
});

test('a technique that the table does not know is a warning', () => {
  const { problems, detection } = compile(currentDetection({}, { mitre_attack_id: ['T9999'] }));
  expect(problems).toEqual([expect.stringContaining('"T9999" is not in our ATT&CK table')]);
  expect(detection?.plan.about.attack).toEqual([{ id: 'T9999', name: '', tactics: [] }]);
});

test.each([
  [
    'a YAML bomb',
    `name: x\nsearch: y\ntype: TTP\na0: &a0 [x]\n${Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`).join('\n')}`,
    'too large once its aliases are written out',
  ],
  ['deep nesting', `name: x\nsearch: y\ntype: TTP\nz: ${'['.repeat(100_000)}`, 'nested too deep'],
  ['a key twice', 'name: x\nsearch: y\ntype: TTP\nname: z\n', 'this key is there twice'],
  ['a megabyte', `name: x\ntype: TTP\nsearch: ${'a '.repeat(600_000)}`, 'the file is larger than'],
])('%s is refused', (_, text, message) => {
  const { problems, detection } = compile(text);
  expect(problems).toEqual([expect.stringContaining(message)]);
  expect(detection).toBeUndefined();
});

test('any text is a detection or has a problem, all of them with a place', () => {
  const seen = { detection: 0, problem: 0 };
  const texts = [
    currentDetection(),
    olderDetection(),
    withSearch('search: >\n  verb=get\n  | stats count by user'),
  ];
  const piece = fc.constantFrom(
    '',
    ' ',
    '\n',
    '\n  ',
    ':',
    '- ',
    '"',
    "'",
    '|',
    '[',
    '{',
    '`',
    '$',
    '\\',
    '#',
    '\u0000',
    '&a ',
    '*a',
  );
  const change = fc.record({ at: fc.nat(), length: fc.constantFrom(0, 0, 1, 5), piece });
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(change, { maxLength: 2 }), (text, changes) => {
      const mutated = changes.reduce((before, { at, length, piece: added }) => {
        const from = at % before.length;
        return before.slice(0, from) + added + before.slice(from + length);
      }, text);
      const { detections, problems } = load({ detections: [{ path: 'd.yml', text: mutated }] });
      seen[detections.length > 0 ? 'detection' : 'problem']++;
      expect(detections.length + problems.length).toBeGreaterThan(0);
      const lines = mutated.split('\n').length;
      for (const { file, line } of problems) expect([file, line <= lines]).toEqual(['d.yml', true]);
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(Math.min(seen.detection, seen.problem)).toBeGreaterThan(50);
});
