import { setTimeout as sleep } from 'node:timers/promises';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { until } from '../e2e/until.ts';

const times = size('UNLINKINGS', 20);

// An apiserver does not notice that its log was deleted: it goes on writing to a file without a name (W11).
faultTest(
  `F12: unlinked while it grows, ${times} times`,
  { timeoutMs: 60_000 + times * 10_000 },
  async (verdict) => {
    const scene = await LiveScene.begin({ habits: { split: 0.05 } });
    const { writer, backend } = scene;
    const program = await scene.ready();
    const announced = (): number =>
      backend.records.filter((record) => noticeKind(record) === 'source_unlinked').length;
    for (; verdict.fired < times; verdict.fired++) {
      writer.write(50);
      await scene.arrived(writer.writeSuspicious().key, program);
      writer.unlink();
      for (let piece = 0; piece < 10; piece++) {
        writer.write(20);
        // A load, not a wait: it grows while the program looks at it.
        await sleep(20);
      }
      await scene.arrived(writer.writeSuspicious().key, program);
      await until(
        () => announced() > verdict.fired,
        () => 'a notice of kind "source_unlinked"',
        5_000,
      ).catch((error: unknown) => verdict.wrong.push(String(error)));
      writer.begin();
    }
    await scene.settle(verdict, program, { notices: ['source_unlinked'] });
  },
);
