import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replay, tailScene } from './tail-scene.ts';

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
