import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';

const times = size('COPIES', 20);

// Rotation by a stranger: the log is copied and emptied under its writer. One that does not append leaves a hole of
// NULs where it was (spec/reliability.md F4, W4, W6). What stands in the copy has been read; it is not read again.
for (const append of [true, false]) {
  faultTest(
    `F4: copied and truncated ${times} times, the writer ${append ? 'appends' : 'keeps its offset'}`,
    { timeoutMs: 60_000 + times * 2_000 },
    async (verdict) => {
      const scene = await LiveScene.begin({ habits: { append, split: 0.05 } });
      const { writer } = scene;
      const program = await scene.ready();
      for (; verdict.fired < times; verdict.fired++) {
        writer.write(50);
        await scene.arrived(writer.writeSuspicious().key, program);
        writer.copyTruncate();
      }
      writer.write(50);
      await scene.settle(verdict, program, { notices: ['file_truncated', 'nul_run'] });
    },
  );
}
