import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../e2e/until.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';

const rotations = size('ROTATIONS', 10_000);
/** 100 rotations and 2,000 lines a second (spec/reliability.md F1). */
const everyMs = 10;
const linesInFile = 20;
/** So few names that inodes come back at once. */
const keep = 5;

faultTest(
  `F1: ${rotations} rotations, 5 files kept`,
  { timeoutMs: 60_000 + rotations * 50 },
  async (verdict) => {
    const scene = await LiveScene.begin({ habits: { split: 0.05, keep } });
    const { writer, arrivals } = scene;
    const program = await scene.ready();
    const begin = performance.now();
    const inodes = new Set<bigint>();
    while (writer.rotations < rotations) {
      writer.write(linesInFile - 1);
      writer.writeSuspicious();
      inodes.add(writer.inode);
      // The rotation deletes a file; only one whose last line has arrived may go.
      await until(
        () => arrivals.newestFile >= writer.rotations - keep || program.exit !== undefined,
        () =>
          `the last finding of file ${writer.rotations - keep}; it said:\n${program.stderr.slice(-2_000)}`,
      );
      writer.rotate();
      // A pace, not a wait.
      await sleep(Math.max(0, begin + writer.rotations * everyMs - performance.now()));
    }
    verdict.fired = writer.rotations;
    await scene.settle(verdict, program);
    expect(inodes.size, 'inodes were used again').toBeLessThan(writer.rotations / 2);
  },
);
