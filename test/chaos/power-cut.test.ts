import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { keepWriting } from '../e2e/keep-writing.ts';
import { seeded } from '../e2e/random.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { MountSpace } from './mount-space.ts';
import { command, loopDevices } from './needs.ts';
import { standStill } from './stand-still.ts';

const cuts = size('CUTS', 60);
const pace = { everyMs: 10, lines: 10, filesKept: 20 };
const perl = command('perl', '-e', '1');

// FS_IOC_SHUTDOWN with the flag NOLOGFLUSH: what the file system had not written is gone, its journal too.
const cut =
  'open(my $f, "<", $ARGV[0]) or die "$!"; my $flag = pack("L", 2); ioctl($f, 0x8004587d, $flag) or die "$!"';

// What was committed before the power went has to be there when it comes back. Every other time the program stands
// still before: an fdatasync under way at the very moment is the kernel's affair (spec/reliability.md §0.2).
faultTest(
  `K3: ${cuts} power cuts under the store`,
  { needs: [loopDevices, perl], timeoutMs: 60_000 + cuts * 5_000 },
  async (verdict) => {
    const random = seeded(seed);
    const workspace = new Workspace();
    const image = workspace.path('disk');
    const descriptor = openSync(image, 'w');
    ftruncateSync(descriptor, 64 * 2 ** 20);
    closeSync(descriptor);
    const space = await MountSpace.enter(workspace.state);
    space.run('mkfs.ext4', '-q', image);
    space.mountImage(image);
    const scene = await LiveScene.begin({ habits: { rotateEvery: 300, split: 0.05 } }, workspace);
    const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
    const most = { before: 0, quiet: 0 };
    for (; verdict.fired < cuts; verdict.fired++) {
      const life = await scene.ready({ through: space.through });
      await sleep(random() * 300);
      const isQuiet = verdict.fired % 2 === 0;
      if (isQuiet) {
        await standStill(life);
        await sleep(60);
      }
      space.run('perl', '-e', cut, space.mountPoint);
      life.signal('SIGKILL');
      await life.ended();
      space.unmount();
      space.mountImage(image);
      const again = scene.backend.redelivered - most.before;
      most.before += again;
      if (verdict.fired % 2 === 1) most.quiet = Math.max(most.quiet, again);
    }
    stopWriting();
    await scene.settle(verdict, await scene.ready({ through: space.through }), {
      notices: ['crash_loop'],
      through: space.through,
    });
    // At most one request can be under way, and it holds at most 32 records: more means that a commit was undone.
    if (most.quiet > 32) verdict.wrong.push(`${most.quiet} records came again after a quiet cut`);
    expect(scene.writer.rotations).toBeGreaterThan(0);
  },
);
