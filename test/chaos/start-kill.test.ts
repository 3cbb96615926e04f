import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { keepWriting } from '../e2e/keep-writing.ts';
import { seeded } from '../e2e/random.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';

const starts = size('STARTS', 200);
const pace = { everyMs: 10, lines: 5, filesKept: 10 };
const atOnce = 10;

// A loop of crashes must get somewhere: in ten lives of 50 to 150 ms each something new is delivered.
faultTest(`K5: ${starts} lives of 50 to 150 ms`, { timeoutMs: 60_000 + starts * 4_000 }, async (verdict) => {
  const random = seeded(seed);
  const scene = await LiveScene.begin({ habits: { rotateEvery: 300 } });
  const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
  let newest = -1;
  let queued = 0;
  for (; verdict.fired < starts; verdict.fired++) {
    const life = await scene.ready();
    await sleep(50 + random() * 100);
    life.signal('SIGKILL');
    expect(await life.ended(), life.stderr).toBe('SIGKILL');
    if (verdict.fired % atOnce !== atOnce - 1) continue;
    // What was committed is delivered, or is found waiting by the next life.
    const { newestLine } = scene.arrivals;
    const hasQueued = life.leftOver > queued;
    queued = life.leftOver;
    if (newestLine <= newest && !hasQueued)
      verdict.wrong.push(`no progress in the ${atOnce} lives up to ${verdict.fired}`);
    newest = newestLine;
  }
  stopWriting();
  await scene.settle(verdict, await scene.ready(), { notices: ['crash_loop'] });
});
