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
  // A start takes half a second of a core's time, and there may be no core free.
  { timeoutMs: 60_000 + kills * 4_000 },
  async (verdict) => {
    const random = seeded(seed);
    const scene = await LiveScene.begin({ habits: { rotateEvery: 500, split: 0.05 }, plan: flaky(random) });
    const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
    let queued = 0;
    let working = 0;
    while (verdict.fired < kills) {
      const life = await scene.ready();
      const { newestLine } = scene.arrivals;
      // What was written since the last kill keeps it busy for about so long.
      await sleep(random() * 200);
      life.signal('SIGKILL');
      expect(await life.ended(), life.stderr).toBe('SIGKILL');
      if (scene.arrivals.newestLine > newestLine) working++;
      queued += life.leftOver;
      verdict.fired++;
    }
    stopWriting();
    await scene.settle(verdict, await scene.ready(), { notices: ['crash_loop'] });
    process.stdout.write(`K1: ${working} of ${kills} while it delivered, ${queued} records waiting\n`);
    // Without these the run would prove nothing.
    expect(working).toBeGreaterThan(0);
    expect(scene.writer.rotations).toBeGreaterThan(0);
    expect(queued).toBeGreaterThan(0);
    expect(verdict.redelivered).toBeGreaterThan(0);
  },
);
