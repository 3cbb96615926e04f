import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { faultTest } from './fault-test.ts';
import { LiveScene } from './live-scene.ts';
import { root, type Need } from './needs.ts';

interface Oddity {
  readonly what: string;
  readonly needs?: readonly Need[];
  /** Puts it at `path`, where nothing is. `other`: a directory that the program was not told of. */
  readonly make: (path: string, other: string) => unknown;
  /** What the program says about it. */
  readonly complaint: RegExp;
}

const oddities: readonly Oddity[] = [
  { what: 'a FIFO', make: (path) => spawnSync('mkfifo', [path]), complaint: /FIFO/ },
  { what: 'a directory', make: (path) => mkdirSync(path), complaint: /directory/ },
  {
    what: 'a device',
    needs: [root],
    make: (path) => spawnSync('mknod', [path, 'c', '1', '5']),
    complaint: /device/,
  },
  { what: 'a link to a device', make: (path) => symlinkSync('/dev/zero', path), complaint: /link|device/ },
  {
    what: 'a link to nothing',
    make: (path, other) => symlinkSync(join(other, 'nothing'), path),
    complaint: /link|ENOENT/,
  },
  { what: 'a link to itself', make: (path) => symlinkSync(path, path), complaint: /link|ELOOP/ },
  {
    what: 'a socket',
    make: async (path) => {
      const server = createServer();
      onTestFinished(() => void server.close());
      await new Promise<void>((resolve) => server.listen(path, resolve));
    },
    complaint: /socket/,
  },
];

// It is never read and never waited for, it is said, and a real log that takes its place is read from its beginning.
for (const { what, needs = [], make, complaint } of oddities) {
  faultTest(`F11: ${what} in the place of the log`, { needs }, async (verdict) => {
    const scene = await LiveScene.begin();
    const { writer, workspace } = scene;
    const other = workspace.path('elsewhere');
    mkdirSync(other);
    const program = await scene.ready();
    await scene.arrived(writer.writeSuspicious().key, program);
    writer.moveAway();
    await make(writer.path, other);
    verdict.fired++;
    await program.says(complaint, 5_000).catch((error: unknown) => verdict.wrong.push(String(error)));
    // Another log goes on meanwhile.
    const beside = join(workspace.logs, 'audit-beside.log');
    writer.writeTo(beside, 20);
    await scene.complete(program);
    rmSync(writer.path, { recursive: true });
    writer.begin();
    await scene.arrived(writer.writeSuspicious().key, program);
    await scene.settle(verdict, program);
  });
}

faultTest('F11: the parent directory is a link, and is swapped', {}, async (verdict) => {
  const scene = await LiveScene.begin();
  const { writer, workspace } = scene;
  const real = workspace.path('real');
  renameSync(workspace.logs, real);
  symlinkSync(real, workspace.logs);
  const program = await scene.ready();
  await scene.arrived(writer.writeSuspicious().key, program);
  const second = workspace.path('second');
  mkdirSync(second);
  rmSync(workspace.logs);
  symlinkSync(second, workspace.logs);
  verdict.fired++;
  writer.begin();
  await scene.arrived(writer.writeSuspicious().key, program);
  await scene.settle(verdict, program);
});
