import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DetectionFile } from '../../../../src/detection/frontends/frontend.ts';
import type { SplunkContent } from '../../../../src/detection/frontends/splunk/content.ts';
import { loadContent, type ContentFiles } from '../../../../src/detection/frontends/splunk/load-content.ts';
import { formatProblem } from '../../../../src/util/problem.ts';

function load(files: Partial<ContentFiles>): {
  readonly content: SplunkContent;
  readonly problems: string[];
} {
  const none = { macros: [], deployments: [], lookups: [], define: {} };
  const { content, problems } = loadContent({
    ...none,
    definedAt: 'macros.define',
    missingLookup: 'error',
    ...files,
  });
  return { content, problems: problems.map(formatProblem) };
}

const macro = (path: string, rest = ''): DetectionFile => ({
  path,
  text: `name: ${path.replace(/\.yml$/, '')}\ndefinition: a=b\n${rest}`,
});
const textOf = (content: SplunkContent, key: string): string | undefined =>
  content.macros.get(key)?.definition.text;

describe('macros', () => {
  test('are told apart by name and number of arguments', () => {
    const { content, problems } = load({
      macros: [
        macro('m.yml'),
        { path: 'n.yml', text: 'name: m\narguments: [field]\ndefinition: "x=$field$"\n' },
      ],
    });
    expect(problems).toEqual([]);
    expect([...content.macros.keys()]).toEqual(['m(0)', 'm(1)']);
    expect(content.macros.get('m(1)')?.args).toEqual(['field']);
  });

  test('know where their text is written', () => {
    const { content } = load({ macros: [{ path: 'm.yml', text: 'name: m\ndefinition: |\n  a=b\n  c=d\n' }] });
    expect(content.macros.get('m(0)')?.definition.at(4)).toEqual({
      file: 'm.yml',
      line: 4,
      column: 3,
      through: [],
    });
  });

  test('of a configuration win over those of files', () => {
    const { content, problems } = load({
      macros: [macro('m.yml')],
      define: { m: 'c=d', 'n(x, y)': '$x$=$y$', 'o()': '' },
    });
    expect(problems).toEqual([]);
    expect([textOf(content, 'm(0)'), textOf(content, 'n(2)'), textOf(content, 'o(0)')]).toEqual([
      'c=d',
      '$x$=$y$',
      '',
    ]);
    expect(content.macros.get('m(0)')?.definition.at(0).file).toBe('macros.define.m');
  });

  test.each<[string, Partial<ContentFiles>, string]>([
    [
      'the same one twice',
      { macros: [macro('m.yml'), { ...macro('m.yml'), path: 'x.yml' }] },
      'x.yml:1:7 name: the macro "m" is already in m.yml; take one of them away',
    ],
    [
      'an unknown key',
      { macros: [macro('m.yml', 'argument: [x]\n')] },
      'm.yml:3:1 argument: unknown key. Did you mean "arguments"?',
    ],
    [
      'an argument twice',
      { macros: [macro('m.yml', 'arguments: [x, x]\n')] },
      'm.yml:3:16 arguments[1]: the argument "x" is there twice',
    ],
    [
      'a definition that is no text',
      { macros: [{ path: 'm.yml', text: 'name: m\ndefinition: [x]\n' }] },
      'm.yml:2:13 definition: must be text, not a list',
    ],
    [
      'a name that is none',
      { define: { 'a b': 'x' } },
      'macros.define.a b "a b" cannot name a macro; write name, or name(argument,argument)',
    ],
    [
      'an argument that is none',
      { define: { 'a(x y)': 'x' } },
      'macros.define.a(x y) "x y" cannot name an argument',
    ],
    ['an argument twice, defined', { define: { 'a(x,x)': 'x' } }, '"x" cannot name an argument'],
    [
      'a YAML bomb',
      { macros: [{ path: 'm.yml', text: `name: m\ndefinition: ${'['.repeat(10_000)}` }] },
      'm.yml:2:1 nested too deep',
    ],
    [
      'another kind of file',
      { macros: [{ path: 's.yml', text: 'name: s\nnarrative: n\n' }] },
      's.yml:1:1 warning: passed over: looks like a Splunk story, not like a macro',
    ],
    [
      'no file of Splunk',
      { macros: [{ path: 's.yml', text: 'a: 1\n' }] },
      's.yml:1:1 warning: passed over: looks like nothing of Splunk, not like a macro',
    ],
  ])('%s is a problem', (_, files, message) => {
    expect(load(files).problems).toEqual([expect.stringContaining(message)]);
  });
});

const deployment = (type: string, scheduling: string, rest = ''): DetectionFile => ({
  path: `${type}.yml`,
  text: `name: D\ntype: ${type}\nscheduling: {${scheduling}}\n${rest}`,
});
const daily = "cron_schedule: '0 3 * * *', earliest_time: -1d@d, latest_time: '@d'";

describe('deployments', () => {
  test('are those of ESCU where nothing else is said', () => {
    const { deployments } = load({}).content;
    const schedule = { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' };
    expect([...deployments]).toEqual([
      ['TTP', { schedule, risk: true }],
      ['Anomaly', { schedule, risk: true }],
      ['Hunting', { schedule, risk: false }],
      ['Correlation', { schedule, risk: false }],
    ]);
  });

  test('replace those of their type', () => {
    const { content, problems } = load({
      deployments: [
        deployment('TTP', daily),
        deployment('Hunting', daily, 'alert_action: {rba: {enabled: true}}\n'),
      ],
    });
    expect(problems).toEqual([]);
    const schedule = { cron: '0 3 * * *', earliest: '-1d@d', latest: '@d' };
    expect(content.deployments.get('TTP')).toEqual({ schedule, risk: false });
    expect(content.deployments.get('Hunting')).toEqual({ schedule, risk: true });
    expect(content.deployments.get('Anomaly')?.risk).toBe(true);
  });

  test('of baselines are no concern', () => {
    expect(load({ deployments: [deployment('Baseline', daily)] }).problems).toEqual([]);
  });

  const at = (cron: string, earliest = '-1h', latest = 'now'): DetectionFile[] => [
    deployment('TTP', `cron_schedule: '${cron}', earliest_time: '${earliest}', latest_time: '${latest}'`),
  ];
  test.each<[string, readonly DetectionFile[], string]>([
    ['a schedule that is none', at('hourly'), 'TTP.yml:3:1 scheduling: cron "hourly" cannot be read'],
    ['seconds', at('0 0 * * * *'), 'cron "0 0 * * * *" cannot be read'],
    ['a day that never comes', at('0 0 31 2 *'), 'cron "0 0 31 2 *" names a day that never comes'],
    ['a time that is none', at('0 * * * *', '-1x'), 'earliest "-1x" is not a relative time'],
    ['an end that is none', at('0 * * * *', '-1h', 'rt'), 'latest "rt" is not a relative time'],
    [
      'an end before the beginning',
      at('0 * * * *', '-1h', '-2h'),
      'earliest "-1h" is not before latest "-2h"',
    ],
    ['an unknown type', [deployment('TPP', daily)], 'type: "TPP" is not one of TTP'],
    [
      'an unknown action',
      [deployment('TTP', daily, 'alert_action: {rab: {}}\n')],
      'alert_action.rab: unknown key. Did you mean "rba"?',
    ],
    [
      'two of one type',
      [deployment('TTP', daily), { ...deployment('TTP', daily), path: 'x.yml' }],
      'x.yml:1:7 name: a deployment of the type "TTP" is already in TTP.yml',
    ],
  ])('%s is a problem', (_, deployments, message) => {
    expect(load({ deployments }).problems).toEqual([expect.stringContaining(message)]);
  });
});

test('two lookups of one name are a problem', () => {
  const text = 'name: l\nlookup_type: csv\n';
  const { content, problems } = load({
    lookups: [
      { path: 'a.yml', text },
      { path: 'b.yml', text },
    ],
  });
  expect(problems).toEqual(['b.yml:1:7 name: the lookup "l" is already in a.yml; take one of them away']);
  expect(content.lookups.get('l')?.file).toBe('a.yml');
});

const data = join('..', 'shared', 'data', 'escu');
const filesIn = (folder: string): DetectionFile[] =>
  readdirSync(join(data, folder)).map((name) => ({
    path: join(data, folder, name),
    text: readFileSync(join(data, folder, name), 'utf8'),
  }));

test.skipIf(!existsSync(data))('the published macros and deployments are read without a problem', () => {
  const { content, problems } = load({ macros: filesIn('macros'), deployments: filesIn('deployments') });
  expect(problems).toEqual([]);
  expect(content.macros.size).toBe(12);
  expect(textOf(content, 'kube_audit(0)')).toBe('source="kubernetes"');
  expect(content.macros.get('security_content_ctime(1)')?.args).toEqual(['field']);
  expect(content.deployments).toEqual(load({}).content.deployments);
});
