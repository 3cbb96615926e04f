import { truncateSync } from 'node:fs';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { linux } from './needs.ts';
import { ordinaryLines } from './ordinary-lines.ts';
import { standStill } from './stand-still.ts';

const times = size('TRUNCATIONS', 500);
/** Longer than what a position knows of a beginning: only what stood before the offset tells the contents apart. */
const beginning = ordinaryLines(4);
const fewest = 3;
const most = 30;

// Between two looks of the program, which stands still meanwhile, its file is emptied and grows past where it was
// read up to (spec/reliability.md F5).
faultTest(
  `F5: truncated and grown past the offset, ${times} times`,
  { needs: [linux], timeoutMs: 60_000 + times * 1_000 },
  async (verdict) => {
    const scene = await LiveScene.begin();
    const { writer, backend } = scene;
    const program = await scene.ready();
    let lines = fewest;
    const grow = async (time: number): Promise<void> => {
      if (time % 4 < 3) for (const line of beginning) writer.append(line);
      else writer.write(2);
      for (let line = 0; line < lines; line++) writer.writeSuspicious();
      const { key } = writer.writeSuspicious();
      program.signal('SIGCONT');
      await scene.arrived(key, program);
    };
    // No position lies within the beginning that all of them share: that would be a place to go back to.
    await standStill(program);
    await grow(0);
    while (verdict.fired < times) {
      await standStill(program);
      if (lines < most) truncateSync(writer.path);
      else writer.rotate();
      lines = lines < most ? lines + 5 : fewest;
      verdict.fired += Number(lines > fewest);
      await grow(verdict.fired);
    }
    const announced = backend.records.filter((record) => noticeKind(record) === 'file_truncated').length;
    if (announced !== times) verdict.wrong.push(`${announced} of ${times} truncations were announced`);
    await scene.settle(verdict, program, { notices: ['file_truncated'] });
  },
);
