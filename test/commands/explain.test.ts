import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Workspace } from '../e2e/workspace.ts';
import { detectionWith, macroWith, uuid } from './content.ts';
import { riskpipe, type Ran } from './riskpipe.ts';

const event = '{"verb":"list","user":{"username":"ada"},"stageTimestamp":"2026-04-12T13:00:00Z"}\n';

/** A folder `content` with a detection, the macro that it calls, and a detection that cannot be compiled. */
function explained(...args: readonly string[]): Ran {
  const workspace = new Workspace();
  mkdirSync(workspace.path('content'));
  const search = '`audit` verb=list | stats count by user.username | rename user.username as user';
  workspace.write('content/who_lists.yml', detectionWith(search));
  workspace.write('content/audit.yml', macroWith('audit', 'source=audit'));
  workspace.write('content/broken.yml', detectionWith('a=1 | join b', { id: uuid(1) }));
  return riskpipe(['explain', ...args], event, {}, workspace.directory);
}

describe('riskpipe explain of a search', () => {
  for (const [what, args] of [
    ['by its id, in a folder', ['who-lists', '--detections', 'content']],
    ['by its file, with a folder of macros', ['content/who_lists.yml', '--detections', 'content']],
    ['by its file, with files of macros', ['content/who_lists.yml', '--detections', 'content/audit.yml']],
  ] as const) {
    test(`finds it ${what}; what is wrong with others does not matter`, () => {
      const { status, stdout, stderr } = explained(...args);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^# search, with its macros expanded:\n# {3}source=audit verb=list/);
      expect(stdout).toContain('# syntax tree:\n#   search\n#     and\n#       source=audit\n');
      expect(parse(stdout)).toMatchObject({ id: 'who-lists', mode: 'streaming' });
    });
  }

  test('shows what becomes of an event of the source that is given', () => {
    const args = ['who-lists', '--detections', 'content', '--event', '-'];
    expect(explained(...args, '--source', 'audit').stdout).toMatch(
      /^result {3}streaming: finding at once: risk 30 for user ada\n {9}scheduled: finding when its window closes: risk 30 for user ada$/m,
    );
    expect(explained(...args).stdout).toMatch(/source is "audit" +no {3}kubernetes/);
  });

  test('an id that is not there names the nearest, and a detection that cannot be compiled says why', () => {
    const workspace = new Workspace();
    workspace.write('who_lists.yml', detectionWith('verb=list'));
    const unknown = riskpipe(['explain', 'who-list', '--detections', '.'], '', {}, workspace.directory);
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      'there is no file and no detection "who-list"; known are who-lists. Did you mean "who-lists"?\n',
    ]);
    const broken = explained('broken', '--detections', 'content');
    expect([broken.status, broken.stderr]).toEqual([1, expect.stringContaining('"join" is not supported')]);
  });

  test('a file without a detection says so', () => {
    const { status, stderr } = explained('content/audit.yml');
    expect([status, stderr]).toEqual([1, 'content/audit.yml holds no detection\n']);
  });

  test('a database of places that cannot be read is told', () => {
    const args = ['who-lists', '--detections', 'content', '--event', '-', '--geoip', 'none.mmdb'];
    expect(explained(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining('none.mmdb') });
  });
});
