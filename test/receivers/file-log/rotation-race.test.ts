import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { replaceCall } from './replace-call.ts';
import { eventually, tailScene, type TailScene } from './tail-scene.ts';

/** Has `act` happen once, just before the file at `path` is opened or looked at. */
function before(call: 'openSync' | 'statSync', path: string, act: () => void): void {
  let done = false;
  replaceCall(call, (real, args) => {
    if (!done && args[0] === path) {
      done = true;
      act();
    }
    return real(...args);
  });
}

/** A file that was last written to at a second of 1970. */
function writeAt(path: string, text: string, second: number): void {
  writeFileSync(path, text);
  utimesSync(path, second, second);
}

/** As the API server does. */
function rotate(scene: TailScene): void {
  renameSync(scene.path('audit.log'), scene.path('audit-2026-11-22T13-30-47.487.log'));
  writeFileSync(scene.path('audit.log'), 'three\n');
}

/** As logrotate does. */
function shift(scene: TailScene): void {
  renameSync(scene.path('audit.log.1'), scene.path('audit.log.2'));
  renameSync(scene.path('audit.log'), scene.path('audit.log.1'));
  writeFileSync(scene.path('audit.log'), 'three\n');
}

describe('of a log that is rotated while its files are looked for', () => {
  for (const [what, call, name, act] of [
    ['before the log is looked at', 'statSync', 'audit.log', rotate],
    ['before the log is opened', 'openSync', 'audit.log', rotate],
    ['before the log is opened, by numbers', 'openSync', 'audit.log', shift],
    ['before the older file is opened, by numbers', 'openSync', 'audit.log.1', shift],
  ] as const) {
    test(`the older file is read first: ${what}`, async () => {
      const scene = tailScene();
      if (act === shift) writeAt(scene.path('audit.log.1'), 'one\n', 1);
      writeAt(scene.path('audit.log'), 'two\n', 2);
      before(call, scene.path(name), () => act(scene));
      await scene.start({ include: scene.path('audit*') });
      const lines = act === shift ? ['one', 'two', 'three'] : ['two', 'three'];
      await eventually(() => expect(scene.texts).toHaveLength(lines.length));
      expect(scene.texts).toEqual(lines);
      expect(scene.notices).toEqual([]);
    });
  }
});

test('with start_at: end, what was there before such a rotation is not read', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'two\n');
  before('openSync', scene.path('audit.log'), () => rotate(scene));
  await scene.start({ start_at: 'end' });
  await eventually(() => expect(scene.caughtUpBy).toEqual(['file_log']));
  writeFileSync(scene.path('audit.log'), 'four\n', { flag: 'a' });
  await eventually(() => expect(scene.texts).toContain('four'));
  expect(scene.texts).not.toContain('two');
});

test('of two files that were written to at the same time the one that was rotated is the older', async () => {
  const scene = tailScene();
  writeAt(scene.path('audit.log'), 'two\n', 1);
  writeAt(scene.path('audit.log.1'), 'one\n', 1);
  await scene.start({ include: scene.path('audit*') });
  await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
});
