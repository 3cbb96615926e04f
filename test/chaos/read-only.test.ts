import { existsSync, readFileSync } from 'node:fs';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { MountSpace } from './mount-space.ts';
import { ownMounts, strace } from './needs.ts';

const times = size('READ_ONLY', 10);

faultTest(
  `K12: the store is read-only at the start, ${times} times`,
  { needs: [ownMounts] },
  async (verdict) => {
    const workspace = new Workspace();
    const space = await MountSpace.enter(workspace.state);
    space.mountMemory('size=16m');
    const scene = await LiveScene.begin({}, workspace);
    for (; verdict.fired < times; verdict.fired++) {
      scene.writer.write(100);
      space.run('mount', '-o', 'remount,ro', space.mountPoint);
      const { requests } = scene.backend.seen;
      const refused = scene.start({ through: space.through });
      const exit = await refused.ended();
      if (exit !== 4) verdict.wrong.push(`it ended with ${exit}, not 4: ${refused.stderr.slice(-500)}`);
      if (!/EROFS|read-only/i.test(refused.stderr))
        verdict.wrong.push(`it does not say why: ${refused.stderr}`);
      if (scene.backend.seen.requests > requests) verdict.wrong.push('it sent something');
      space.run('mount', '-o', 'remount,rw', space.mountPoint);
      const life = await scene.ready({ through: space.through });
      await scene.complete(life);
      life.signal('SIGTERM');
      await life.ended();
    }
    await scene.settle(verdict, await scene.ready({ through: space.through }), { through: space.through });
  },
);

// A file system with a file open for writing cannot be made read-only; the kernel says EROFS after an error of the
// disk. So the calls are made to fail as they do then.
faultTest(
  `K12: the store becomes read-only while it runs, ${times} times`,
  { needs: [strace] },
  async (verdict) => {
    const scene = await LiveScene.begin();
    const trace = scene.workspace.path('trace');
    for (let time = 0; time < times; time++) {
      const logs = Array.from({ length: 60 }, (_, number) => [
        '-P',
        `${scene.workspace.state}/${String(number).padStart(6, '0')}.log`,
      ]);
      const inject = `inject=write,fdatasync:error=EROFS:when=${3 + time}+`;
      const life = scene.start({
        through: [
          'strace',
          '-D',
          '-f',
          '-o',
          trace,
          ...logs.flat(),
          '-e',
          'trace=write,fdatasync',
          '-e',
          inject,
        ],
      });
      await until(
        () => {
          if (life.log.some(({ msg }) => msg.includes('everything is ready'))) scene.writer.write(20);
          return life.exit !== undefined;
        },
        () => `an end; it said:\n${life.stderr}`,
        30_000,
      );
      if (existsSync(trace)) verdict.fired += Number(readFileSync(trace, 'utf8').includes('(INJECTED)'));
      if (life.exit !== 5 && life.exit !== 4)
        verdict.wrong.push(`it ended with ${life.exit}: ${life.stderr}`);
      if (!/read-only/i.test(life.stderr))
        verdict.wrong.push(`it does not say why: ${life.stderr.slice(-500)}`);
    }
    await scene.settle(verdict, await scene.ready(), { notices: ['crash_loop'] });
  },
);
