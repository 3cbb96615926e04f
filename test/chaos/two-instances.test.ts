import { until } from '../e2e/until.ts';
import type { Program } from '../e2e/process.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';

const rounds = size('CONTESTS', 100);
const contestants = 5;

/** Ready, or ended. */
const decided = (program: Program): boolean =>
  program.exit !== undefined || program.log.some(({ msg }) => msg.includes('everything is ready'));

// The winner of a round is killed: the next round shows that its lock died with it.
faultTest(
  `K16: ${contestants} instances at once on one store, ${rounds} times`,
  { timeoutMs: 60_000 + rounds * 20_000 },
  async (verdict) => {
    const scene = await LiveScene.begin();
    for (let round = 0; round < rounds; round++) {
      scene.writer.write(20);
      const programs = Array.from({ length: contestants }, () => scene.start());
      await until(
        () => programs.every(decided),
        () => `an end of the contest of round ${round}`,
        30_000,
      );
      const running = programs.filter(({ exit }) => exit === undefined);
      if (running.length !== 1) verdict.wrong.push(`round ${round}: ${running.length} instances run at once`);
      for (const { exit, stderr } of programs) {
        if (exit === undefined) continue;
        if (exit !== 3)
          verdict.wrong.push(`round ${round}: one ended with ${exit}, not 3: ${stderr.slice(-400)}`);
        if (!stderr.includes(scene.workspace.state))
          verdict.wrong.push(`round ${round}: no word of the store`);
        verdict.fired++;
      }
      for (const winner of running) {
        winner.signal('SIGKILL');
        await winner.ended();
      }
    }
    await scene.settle(verdict, await scene.ready(), { notices: ['crash_loop'] });
  },
);
