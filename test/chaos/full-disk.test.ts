import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { MountSpace } from './mount-space.ts';
import { ownMounts } from './needs.ts';
import { until } from '../e2e/until.ts';

const cycles = size('FILLINGS', 50);
const mib = 2 ** 20;

// A full disk stops reading, and nothing else: what is queued drains, the process lives, and goes on by itself
// (spec/reliability.md K10, W24).
faultTest(
  `K10: the store's disk is full, ${cycles} times`,
  { needs: [ownMounts], timeoutMs: 60_000 + cycles * 10_000 },
  async (verdict) => {
    const workspace = new Workspace();
    const space = await MountSpace.enter(workspace.state);
    let mibs = 24;
    space.mountMemory(`size=${mibs}m`);
    const scene = await LiveScene.begin({}, workspace);
    const program = await scene.ready({ through: space.through });
    for (let cycle = 0; cycle < cycles; cycle++) {
      scene.writer.write(200);
      await scene.complete(program);
      // One record is queued when the disk fills up, as it was refused, and has to leave while that is full.
      scene.backend.answerWith(() => ({ status: 503 }));
      const { refused } = scene.backend.seen;
      const { key } = scene.writer.writeSuspicious();
      await until(
        () => scene.backend.seen.refused > refused || program.exit !== undefined,
        () => 'a refusal',
      );
      if (fill(space.seenFromOutside)) verdict.fired++;
      scene.writer.write(2_000);
      scene.backend.answerWith(() => ({ status: 200 }));
      await scene.arrived(key, program);
      // Every other time it is somebody else who makes room.
      if (cycle % 2 === 1) space.run('mount', '-o', `remount,size=${(mibs += 2)}m`, space.mountPoint);
      else rmSync(foreign(space.seenFromOutside));
      await scene.complete(program);
      rmSync(foreign(space.seenFromOutside), { force: true });
    }
    await scene.settle(verdict, program, { through: space.through });
  },
);

faultTest(
  'K10: the store’s disk is full, up to what is kept for such a case, and the process is told to end',
  { needs: [ownMounts], timeoutMs: 120_000 },
  async (verdict) => {
    const workspace = new Workspace();
    const space = await MountSpace.enter(workspace.state);
    space.mountMemory('size=24m');
    const scene = await LiveScene.begin({}, workspace);
    const program = await scene.ready({ through: space.through });
    scene.backend.answerWith(() => ({ status: 503 }));
    const seize = (): void => void (fill(space.seenFromOutside) && verdict.fired++);
    // Nothing is said of a store that waits for its disk to be opened: that it reads no further is what shows it.
    for (const begun = Date.now(); Date.now() - begun < 8_000; await sleep(20)) {
      seize();
      scene.writer.write(200);
    }
    program.signal('SIGTERM');
    const seizing = setInterval(seize, 20);
    const exit = await program.ended(30_000).finally(() => clearInterval(seizing));
    if (exit !== 0) verdict.wrong.push(`it ended with ${exit}: ${program.stderr.slice(-2_000)}`);
    rmSync(foreign(space.seenFromOutside));
    scene.backend.answerWith(() => ({ status: 200 }));
    const again = await scene.ready({ through: space.through });
    await scene.settle(verdict, again, { through: space.through });
  },
);

const foreign = (directory: string): string => join(directory, 'foreign');

/** Takes all the space there is for a file of somebody else; true if there is none left. */
function fill(directory: string): boolean {
  const descriptor = openSync(foreign(directory), 'a');
  try {
    for (let piece = Buffer.alloc(mib); piece.length > 0;) {
      try {
        writeSync(descriptor, piece);
      } catch {
        piece = piece.subarray(0, piece.length >> 1);
      }
    }
  } finally {
    closeSync(descriptor);
  }
  return statfsSync(directory).bavail === 0;
}
