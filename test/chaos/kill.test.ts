import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { flaky } from '../e2e/flaky.ts';
import { keepWriting } from '../e2e/keep-writing.ts';
import { seeded } from '../e2e/random.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';

const kills = size('KILLS', 1_000);
/** 1,800 lines a second. */
const pace = { everyMs: 10, lines: 18, filesKept: 10 };

// The kill comes soon after the ready line, at a random moment: the next life has to find everything.
faultTest(
  `K1: killed ${kills} times at random moments under load`,
  { timeoutMs: 60_000 + kills * 1_500 },
  async (verdict) => {
    const random = seeded(seed);
    const scene = await LiveScene.begin({ habits: { rotateEvery: 500, split: 0.05 }, plan: flaky(random) });
    const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
    let queued = 0;
    while (verdict.fired < kills) {
      const life = await scene.ready();
      await sleep(random() * 200);
      life.signal('SIGKILL');
      expect(await life.ended(), life.stderr).toBe('SIGKILL');
      queued += life.leftOver;
      verdict.fired++;
    }
    stopWriting();
    await scene.settle(verdict, await scene.ready(), { notices: ['crash_loop'] });
    // Without these the run would prove nothing.
    expect(scene.writer.rotations).toBeGreaterThan(0);
    expect(queued).toBeGreaterThan(0);
    expect(verdict.redelivered).toBeGreaterThan(0);
  },
);
