import { closeSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { LiveScene } from './live-scene.ts';
import { linux, space } from './needs.ts';
import { peakMemory } from './peak-memory.ts';
import { until } from '../e2e/until.ts';

const mib = 2 ** 20;
const mostGrowth = 64 * mib;

interface Monster {
  readonly what: string;
  readonly notice: string;
  /** Lines that the counters have to show for it. */
  readonly lines: number;
  /** Appends it to the log at `path`, with its line end. */
  readonly append: (path: string) => void;
}

const line =
  (mibs: number): Monster['append'] =>
  (path) => {
    const descriptor = openSync(path, 'a');
    writeSync(descriptor, '{"kind":"');
    const piece = Buffer.alloc(mib, 0x78);
    for (let count = 0; count < mibs; count++) writeSync(descriptor, piece);
    writeSync(descriptor, '"}\n');
    closeSync(descriptor);
  };

const monsters: readonly Monster[] = [
  { what: 'a line of 100 MiB', notice: 'oversize_line', lines: 1, append: line(100) },
  { what: 'a line of 1 GiB', notice: 'oversize_line', lines: 1, append: line(1_024) },
  {
    what: '1 GiB of NUL that nobody wrote',
    notice: 'nul_run',
    lines: 0,
    append: (path) => truncateSync(path, statSync(path).size + 1_024 * mib),
  },
];

for (const { what, notice, lines, append } of monsters) {
  faultTest(`F8: ${what}`, { needs: [linux, space(3 * 2 ** 30)], timeoutMs: 180_000 }, async (verdict) => {
    const scene = await LiveScene.begin();
    const { writer, backend } = scene;
    const program = await scene.ready();
    // What it needs to read at all is not growth.
    writer.write(20_000);
    await scene.arrived(writer.writeSuspicious().key, program);
    const before = peakMemory(program);
    append(writer.path);
    await scene.arrived(writer.writeSuspicious().key, program);
    verdict.fired++;
    await until(
      () => backend.records.some((record) => noticeKind(record) === notice),
      () => `a notice of kind "${notice}"`,
    );
    const growth = peakMemory(program) - before;
    if (growth > mostGrowth) verdict.wrong.push(`its memory grew by ${Math.round(growth / mib)} MiB`);
    await scene.settle(verdict, program, { notices: [notice], extraLines: lines });
  });
}
