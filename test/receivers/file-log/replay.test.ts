import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { eventually, tailScene, type TailScene } from './tail-scene.ts';

async function replay(scene: TailScene, options: object = {}): Promise<void> {
  scene.mode = 'replay';
  scene.caughtUpBy.length = 0;
  await scene.start(options);
  await eventually(() => expect(scene.caughtUpBy).toEqual(['file_log']));
  await scene.stop();
}

test('a replay reads all there is from the beginning, whatever start_at says, and ends every stream', async () => {
  const scene = tailScene();
  for (const name of ['a.log', 'b.log', 'empty.log']) writeFileSync(scene.path(name), '');
  appendFileSync(scene.path('a.log'), 'one\n'.repeat(5_000));
  appendFileSync(scene.path('b.log'), 'two\n');
  await replay(scene, { start_at: 'end' });
  expect(scene.lines).toHaveLength(5_001);
  expect(scene.ended).toHaveLength(3);
  expect(new Set(scene.ended).size).toBe(3);
});

test('a second replay goes on where the first one ended', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, 'one\n');
  await replay(scene);
  await replay(scene);
  expect(scene.texts).toEqual(['one']);
  appendFileSync(path, 'two\n');
  await replay(scene);
  expect(scene.texts).toEqual(['one', 'two']);
});

test('what is written during a replay is not its business', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, 'one\n'.repeat(5_000));
  scene.refuse = () => appendFileSync(path, 'more\n');
  await replay(scene);
  expect(scene.lines).toHaveLength(5_000);
});

test('an unterminated last line is left, and said', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'one\nhalf');
  await replay(scene);
  expect(scene.texts).toEqual(['one']);
  expect(scene.log.lines).toContainEqual(expect.stringMatching(/the last 4 B of .* were not read/));
});

test('a replay of nothing, and of what cannot be read, ends', async () => {
  const scene = tailScene();
  await replay(scene);
  mkdirSync(scene.path('audit.log'));
  await replay(scene);
  expect(scene.log.lines).toEqual([
    `warn: no file matches ${scene.path('*.log')}`,
    `warn: ${scene.path('audit.log')} is a directory, not a regular file; it is left alone`,
  ]);
});

test('a replay waits for a consumer that refuses', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'one\n');
  let refusals = 2;
  scene.refuse = () => {
    if (refusals-- > 0) throw new Error('full');
  };
  await replay(scene);
  expect(scene.texts).toEqual(['one']);
  expect(scene.ended).toHaveLength(1);
});

test('a line so long that the time of a unit is over before it is read stops nothing', async () => {
  const scene = tailScene();
  const long = 'x'.repeat(5_000_000);
  writeFileSync(scene.path('audit.log'), `one\n${long}\ntwo\n`);
  let now = 0;
  // Every look at the clock finds more time gone than a unit has.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 60));
  onTestFinished(() => clock.mockRestore());
  await replay(scene);
  expect(scene.texts.map((text) => text.length)).toEqual([3, 5_000_000, 3]);
});
