import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Workspace } from '../e2e/workspace.ts';
import { detectionWith, macroWith, uuid } from './content.ts';
import { riskpipe, type Ran } from './riskpipe.ts';

const event = '{"verb":"list","user":{"username":"ada"},"stageTimestamp":"2026-04-12T13:00:00Z"}\n';

/** Beside `event.json`, a folder `content`: a detection, the macro that it calls, and one that cannot be compiled. */
function explained(...args: readonly string[]): Promise<Ran> {
  const workspace = new Workspace();
  mkdirSync(workspace.path('content'));
  const search = '`audit` verb=list | stats count by user.username | rename user.username as user';
  workspace.write('content/who_lists.yml', detectionWith(search));
  workspace.write('content/audit.yml', macroWith('audit', 'source=audit'));
  workspace.write('content/broken.yml', detectionWith('a=1 | join b', { id: uuid(1) }));
  workspace.write('event.json', event);
  return riskpipe(['explain', ...args], workspace);
}

describe('riskpipe explain of a search', () => {
  for (const [what, args] of [
    ['by its id, in a folder', ['who-lists', '--detections', 'content']],
    ['by its file, with a folder of macros', ['content/who_lists.yml', '--detections', 'content']],
    ['by its file, with files of macros', ['content/who_lists.yml', '--detections', 'content/audit.yml']],
  ] as const) {
    test(`finds it ${what}; what is wrong with others does not matter`, async () => {
      const { status, stdout, stderr } = await explained(...args);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^# search, with its macros expanded:\n# {3}source=audit verb=list/);
      expect(stdout).toContain('# syntax tree:\n#   search\n#     and\n#       source=audit\n');
      expect(parse(stdout)).toMatchObject({ id: 'who-lists', mode: 'streaming' });
    });
  }

  test('shows what becomes of an event of the source that is given', async () => {
    const args = ['who-lists', '--detections', 'content', '--event', 'event.json'];
    expect((await explained(...args, '--source', 'audit')).stdout).toMatch(
      /^result {3}streaming: finding at once: risk 30 for user ada\n {9}scheduled: finding when its window closes: risk 30 for user ada$/m,
    );
    expect((await explained(...args)).stdout).toMatch(/source is "audit" +no {3}kubernetes/);
  });

  test('an id that is not there names the nearest, and a detection that cannot be compiled says why', async () => {
    const workspace = new Workspace();
    workspace.write('who_lists.yml', detectionWith('verb=list'));
    const unknown = await riskpipe(['explain', 'who-list', '--detections', '.'], workspace);
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      'there is no file and no detection "who-list"; known are who-lists. Did you mean "who-lists"?\n',
    ]);
    const broken = await explained('broken', '--detections', 'content');
    expect([broken.status, broken.stderr]).toEqual([1, expect.stringContaining('"join" is not supported')]);
  });

  test('one that is named twice is shown once', async () => {
    const { status, stdout } = await explained(
      'content/who_lists.yml',
      'who-lists',
      '--detections',
      'content',
    );
    expect([status, stdout.match(/^# syntax tree:$/gm)?.length]).toEqual([0, 1]);
  });

  test('of several that one is named that is not there', async () => {
    const paths = ['--detections', 'content/who_lists.yml', '--detections', 'content/audit.yml'];
    const { status, stdout, stderr } = await explained('who-lists', 'nobody', ...paths);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe('there is no file and no detection "nobody"; known are who-lists\n');
  });

  test('a file without a detection says so', async () => {
    const { status, stderr } = await explained('content/audit.yml');
    expect([status, stderr]).toEqual([1, 'content/audit.yml holds no detection\n']);
  });

  test('a database of places that cannot be read is told', async () => {
    const args = ['who-lists', '--detections', 'content', '--event', 'event.json', '--geoip', 'none.mmdb'];
    expect(await explained(...args)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('none.mmdb'),
    });
  });
});

describe('riskpipe explain --scan', () => {
  const audit = (verb: string): string => `{"verb":"${verb}","user":{"username":"ada"}}\n`;

  /** What is said of two detections together, over a log of these lines. */
  function scanned(log: string | undefined, ...args: readonly string[]): Promise<Ran> {
    const workspace = new Workspace();
    workspace.write('a.yml', detectionWith('verb=delete user.username=ada'));
    workspace.write('b.yml', detectionWith('a=1 OR b=1', { name: 'Another', id: uuid(2) }));
    if (log !== undefined) workspace.write('audit.log', log);
    const data = log === undefined ? [] : ['--data', 'audit.log'];
    return riskpipe(['explain', 'a.yml', 'b.yml', '--scan', ...data, ...args], workspace);
  }

  test('shows the columns of all detections together, and which of them let every line pass', async () => {
    const { status, stdout, stderr } = await scanned(undefined);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        '2 plans, 2 columns',
        '  verb (arrays marked): 1 plan, 1 condition',
        '  user.username (arrays marked): 1 plan, 1 condition',
        'no line can be ruled out for b',
        'nothing has been scanned yet',
        '',
      ].join('\n'),
    );
  });

  test('shows what comes of it in a log, whose last line need not end', async () => {
    const { status, stdout } = await scanned(`${audit('get').repeat(30_000)}{"verb":"delete"}\n{"verb"`);
    expect(status).toBe(0);
    expect(stdout).toContain(
      '  verb (arrays marked): 1 plan, 1 condition; early, 30001 looked up, 99.99 % known',
    );
    expect(stdout).toContain('\n30002 lines, ');
    expect(stdout).toContain('\nnow by fields; estimated cost of a byte: fields ');
    expect(stdout).toMatch(
      /\n30002 lines \(100\.00 %\) for the plain path, 1 of them odd: not valid JSON 1\n$/,
    );
  });

  test('counts lines that are too long to be looked at, and goes on behind them', async () => {
    const long = `{"verb":"${'x'.repeat(2_000_000)}"}\n`;
    const endless = `{"verb":"${'x'.repeat(20_000_000)}"}\n`;
    const { stdout } = await scanned(`${audit('get')}${long}${endless}${audit('delete')}`);
    expect(stdout).toContain('\n2 lines, ');
    expect(stdout).toMatch(/\n2 further lines are too long to be looked at, and are parsed\n$/);
  });

  test('an empty log says that nothing was scanned', async () => {
    expect((await scanned('')).stdout).toMatch(/\nnothing has been scanned yet\n$/);
  });

  for (const [what, args, says] of [
    ['a log that is not there', ['--scan', '--data', 'none.log'], 'none.log'],
    ['a log without a scan', ['--data', 'a.log'], '--data is the log for --scan; write both'],
    ['a scan of an event', ['--scan', '--event', '-'], '--scan looks at a log, --event at events'],
  ] as const) {
    test(`${what} is told`, async () => {
      const { status, stderr } = await explained('who-lists', '--detections', 'content', ...args);
      expect([status, stderr]).toEqual([1, expect.stringContaining(says)]);
    });
  }
});
