import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Workspace } from '../e2e/workspace.ts';
import { detectionWith, macroWith, uuid } from './content.ts';
import { builtRiskpipe } from './built-riskpipe.ts';
import { riskpipe, root, type Ran } from './riskpipe.ts';

/** Checks files, by their names, in a directory of their own. */
function checked(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Ran> {
  const workspace = new Workspace();
  for (const [name, text] of Object.entries(files)) workspace.write(name, text);
  return riskpipe(['check', '.', ...options], workspace);
}

const good = detectionWith(
  '`kube_audit` verb=list | stats count by user.username | rename user.username as user',
);
const kubeAudit = macroWith('kube_audit', 'source="kubernetes"');

test('detections that compile are counted, and so are files that are none', async () => {
  const { status, stdout } = await checked({ 'a.yml': good, 'kube_audit.yml': kubeAudit });
  expect([status, stdout]).toEqual([0, '1 compiled, 0 refused, 1 skipped\n']);
});

test('an error has its place, the line, and a caret under the place', async () => {
  const { status, stdout } = await checked({
    'a.yml': detectionWith('verb=list | stats count by user\n| transactoin user'),
  });
  expect(status).toBe(1);
  const [place, line, caret, summary] = stdout.split('\n');
  expect(place).toMatch(
    /^a\.yml:\d+:5: error: search: there is no command "transactoin". Did you mean "transaction"\?$/,
  );
  expect(line).toBe('    | transactoin user');
  expect(caret).toBe(`${' '.repeat(6)}^`);
  expect(summary).toBe('0 compiled, 1 refused (unknown-command 1), 0 skipped');
});

test('an error in the text of a macro names the file of the macro, shows its line, and says where it is called', async () => {
  const { status, stdout } = await checked({
    'a.yml': detectionWith('`recent(user)`'),
    'recent.yml': macroWith('recent', 'verb=list | transaction $who$', ['who']),
  });
  expect(status).toBe(1);
  const [place = '', line, caret, summary] = stdout.split('\n');
  expect(place).toMatch(
    /^recent\.yml:2:25: error: definition: "transaction" is not supported: .*, in the macro "recent" called at a\.yml:\d+:3$/,
  );
  expect(line).toBe('  definition: verb=list | transaction $who$');
  expect(caret?.indexOf('^')).toBe(line?.indexOf('transaction'));
  expect(summary).toBe('0 compiled, 1 refused (unsupported-command 1), 1 skipped');
});

test('a summary counts refused files by reason, each reason once a file', async () => {
  const { status, stdout } = await checked({
    'a.yml': good,
    'b.yml': detectionWith('a=1 | join b | join c', { id: uuid(1) }),
    'c.yml': detectionWith('a=1 | append [search b=1] | eval x=nosuch(1)', { id: uuid(2) }),
    'd.yml': detectionWith('`nowhere`', { id: uuid(3) }),
    'e.yml': detectionWith('a=1', { id: uuid(4), type: 'Something' }),
    'kube_audit.yml': kubeAudit,
  });
  expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([
    1,
    '1 compiled, 4 refused (invalid 1, unknown-macro 1, unsupported-command 2), 1 skipped',
  ]);
});

test('a lookup that is not there is a warning, and the detection compiles', async () => {
  const { status, stdout } = await checked({
    'a.yml': detectionWith('a=1 | lookup owners user OUTPUT owner'),
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /warning: search: there is no lookup "owners"[\s\S]*1 compiled, 0 refused, 0 skipped\n$/,
  );
});

test('what cannot be read at all is told without a place, and fails', async () => {
  const workspace = new Workspace();
  const { status, stdout } = await riskpipe(['check', 'none.yml'], workspace);
  expect(status).toBe(1);
  expect(stdout).toContain('error: argument[0]: no file matches "none.yml"');
});

test('of a long line the part around the caret is shown, and nothing in it reaches the terminal', async () => {
  const { stdout } = await checked({
    'a.yml': detectionWith(`${'a=1 '.repeat(100)}x="\u202e" | nope ${'b=1 '.repeat(100)}`),
  });
  const [, line = '', caret = ''] = stdout.split('\n');
  expect(line).toMatch(/^ {2}….*\\u\{202e\}.*\| nope .*…$/);
  expect(line.slice(caret.indexOf('^')).startsWith('nope')).toBe(true);
});

test('--format json says the same to programs', async () => {
  const { status, stdout } = await checked(
    { 'a.yml': good, 'b.yml': detectionWith('a=1 | join b', { id: uuid(1) }), 'kube_audit.yml': kubeAudit },
    '--format',
    'json',
  );
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    compiled: ['a'],
    refused: [{ file: 'b.yml', rules: ['unsupported-command'] }],
    refusedByRule: { 'unsupported-command': 1 },
    skipped: ['kube_audit.yml'],
    problems: [
      expect.objectContaining({ severity: 'error', file: 'b.yml', column: 9, rule: 'unsupported-command' }),
    ],
  });
});

test('--format sarif gives one result a problem, with its rule and place', async () => {
  const { status, stdout } = await checked(
    {
      'a file.yml': detectionWith('a=1 | join b'),
      'b.yml': detectionWith('a=1 | lookup l x', { id: uuid(1) }),
    },
    '--format',
    'sarif',
  );
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'riskpipe', rules: [{ id: 'unknown-lookup' }, { id: 'unsupported-command' }] },
        },
        results: [
          {
            ruleId: 'unsupported-command',
            ruleIndex: 1,
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20file.yml' },
                  region: { startColumn: 9 },
                },
              },
            ],
          },
          { ruleId: 'unknown-lookup', ruleIndex: 0, level: 'warning' },
        ],
      },
    ],
  });
});

test('a format that there is none of is wrong usage', async () => {
  expect(await riskpipe(['check', '.', '--format', 'xml'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Allowed choices are text, json, sarif'),
  });
});

const escu = `${root}../shared/data/escu`;

test.skipIf(!existsSync(escu))('all 19 published detections compile (../shared/data/escu)', async () => {
  const { status, stdout } = await riskpipe(['check', '../shared/data/escu']);
  expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '19 compiled, 0 refused, 19 skipped']);
  expect(stdout.match(/ error: /g)).toBeNull();
});

const each = (term: (index: string) => string): string =>
  Array.from({ length: 100_000 }, (_, index) => term(index.toString(36))).join(' OR ');

test.each([
  ['words', each((index) => index)],
  ['values of one field', each((index) => `a=${index}`)],
  ['values in a list', `a IN (${each((index) => index).replaceAll(' OR ', ',')})`],
])('a search of 100,000 %s is compiled in a heap of 64 MiB', (_, search) => {
  const workspace = new Workspace();
  workspace.write('a.yml', detectionWith(`${search}\n| table user`));
  const { status, stdout } = builtRiskpipe(['check', '.'], {
    environment: { NODE_OPTIONS: '--max-old-space-size=64' },
    directory: workspace.directory,
  });
  expect([status, stdout]).toEqual([0, '1 compiled, 0 refused, 0 skipped\n']);
});
