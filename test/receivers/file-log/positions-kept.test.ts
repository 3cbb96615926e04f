import { rmSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { eventually, tailScene } from './tail-scene.ts';

const files = 120;

test('positions of files that are gone are kept for an hour of a run, and then the newest hundred', async () => {
  const scene = tailScene();
  const path = (file: number): string =>
    scene.path(`log-${String.fromCodePoint(97 + (file % 26))}x${file}y.log`);
  for (let file = 0; file < files; file++) writeFileSync(path(file), `line of ${file}\n`);
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(files));
  await scene.stop();
  for (let file = 0; file < files; file++) rmSync(path(file));
  let later = 0;
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + later);
  await scene.start();
  writeFileSync(scene.path('other.log'), 'one\n');
  await eventually(() => expect(scene.texts).toContain('one'));
  expect(scene.positions).toHaveLength(files + 1);
  later = 3_600_000;
  await eventually(() => expect(scene.positions).toHaveLength(101));
  clock.mockRestore();
});
