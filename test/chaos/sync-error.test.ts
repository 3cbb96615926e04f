import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { until } from '../e2e/until.ts';
import { faultTest } from './fault-test.ts';
import { LiveScene } from './live-scene.ts';
import { strace } from './needs.ts';

/** Which call of the process fails; every one behind it, too, as ATC'20 saw disks do (spec/reliability.md §1.3). */
const calls = [1, 2, 5, 9, 17, 40];

// LevelDB syncs by fdatasync; an injection into another call would pass and prove nothing (spec/reliability.md §0.2).
for (const call of calls) {
  faultTest(`K8: fdatasync number ${call} fails`, { needs: [strace] }, async (verdict) => {
    const scene = await LiveScene.begin();
    const trace = scene.workspace.path('trace');
    const inject = `inject=fdatasync:error=EIO:when=${call}`;
    const life = scene.start({
      through: ['strace', '-D', '-f', '--seccomp-bpf', '-o', trace, '-e', 'trace=fdatasync', '-e', inject],
    });
    await until(
      () => {
        if (life.log.some(({ msg }) => msg.includes('everything is ready'))) scene.writer.write(20);
        return life.exit !== undefined;
      },
      () => `an end; it said:\n${life.stderr}`,
      30_000,
    );
    verdict.fired = readFileSync(trace, 'utf8').split('(INJECTED)').length - 1;
    // At the start the store cannot be opened, later it can no longer be written.
    expect([4, 5], life.stderr).toContain(life.exit);
    expect(life.stderr).toMatch(/store/);
    await scene.settle(verdict, await scene.ready());
  });
}
