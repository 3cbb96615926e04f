import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { replay, tailScene } from './tail-scene.ts';

/** The monotonic clock of the process; stands still unless a test moves it. */
let now: () => number;
beforeEach(() => {
  now = () => 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now());
  onTestFinished(() => clock.mockRestore());
});

describe('one unit of work', () => {
  test('takes at most 32,768 lines, handed on 1,024 at a time', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'x\n'.repeat(70_000));
    const sizes = new Set<number>();
    scene.refuse = (batch) => void sizes.add(batch.size);
    await replay(scene);
    expect(scene.units).toEqual([
      { lines: 32_768, bytes: 65_536 },
      { lines: 32_768, bytes: 65_536 },
      { lines: 4_464, bytes: 8_928 },
    ]);
    expect([...sizes]).toEqual([1_024, 368, 0]);
    expect(scene.lines).toHaveLength(70_000);
  });

  test('takes no more than 64 MiB', async () => {
    const scene = tailScene();
    const line = `${'x'.repeat(999_999)}\n`;
    writeFileSync(scene.path('audit.log'), line.repeat(150));
    await replay(scene);
    const bytes = scene.units.map((unit) => unit.bytes);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(67_108_864);
    expect(bytes).toHaveLength(3);
    expect(scene.lines).toHaveLength(150);
  });

  test('ends after the lines that took 50 ms', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'x\n'.repeat(4_000));
    let time = 0;
    now = () => time;
    scene.refuse = () => void (time += 25);
    await replay(scene);
    expect(scene.units.map(({ lines }) => lines)).toEqual([2_048, 1_952]);
    expect(scene.lines).toHaveLength(4_000);
  });

  test('ends after the lines that made 4,096 records', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'x\n'.repeat(4_000));
    scene.refuse = ({ size }, { state }) => {
      for (let record = 0; record < size * 5; record++) state.enqueue('outbox/out', '');
    };
    await replay(scene);
    expect(scene.units.map(({ lines }) => lines)).toEqual([1_024, 1_024, 1_024, 928]);
    expect(scene.store.length('outbox/out')).toBe(20_000);
  });

  test('takes a line to its end, even one that is longer than the time of a unit', async () => {
    const scene = tailScene();
    const long = 'x'.repeat(5_000_000);
    writeFileSync(scene.path('audit.log'), `one\n${long}\ntwo\n`);
    let time = 0;
    // Every look at the clock finds more time gone than a unit has.
    now = () => (time += 60);
    await replay(scene);
    expect(scene.texts.map((text) => text.length)).toEqual([3, 5_000_000, 3]);
  });
});
