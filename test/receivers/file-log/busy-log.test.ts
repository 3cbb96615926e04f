import { appendFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { eventually, tailScene } from './tail-scene.ts';

const lines = (count: number): string => '{"a":1}\n'.repeat(count);
const units = (scene: ReturnType<typeof tailScene>): readonly number[] =>
  scene.units.map(({ lines }) => lines);

/** Lets everything happen that waits for no timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('a busy log gets time to bring more, so that one unit of work takes it', async () => {
  const scene = tailScene();
  const log = scene.path('audit.log');
  writeFileSync(log, '');
  await scene.start();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());

  appendFileSync(log, lines(100));
  await eventually(() => expect(units(scene)).toEqual([100]));
  for (const more of [1, 2, 3]) {
    appendFileSync(log, lines(more));
    await settle();
  }
  expect(units(scene)).toEqual([100]);
  await eventually(() => expect(units(scene)).toEqual([100, 6]));
});
