import { appendFileSync, createWriteStream, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'vitest';
import { until } from '../e2e/until.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { peakMemory } from './peak-memory.ts';
import { linux } from './needs.ts';

const times = size('ARCHIVES', 50);
const linesInFile = 40;
const mib = 2 ** 20;

const begin = async (): Promise<LiveScene> => {
  const scene = await LiveScene.begin();
  const include = ['audit*.log', 'audit*.log.gz'].map((name) => join(scene.workspace.logs, name));
  scene.configure({ receiver: { include } });
  return scene;
};

/** How a rotated log is packed: `plain` is its bytes, `path` where the archive belongs. */
interface Packing {
  readonly what: string;
  readonly pack: (plain: Buffer, path: string) => void;
}

const packings: readonly Packing[] = [
  { what: 'one member', pack: (plain, path) => writeFileSync(path, gzipSync(plain)) },
  {
    what: 'two members, the first ending inside a line',
    pack: (plain, path) => {
      const middle = plain.length >> 1;
      writeFileSync(
        path,
        Buffer.concat([gzipSync(plain.subarray(0, middle)), gzipSync(plain.subarray(middle))]),
      );
    },
  },
  {
    what: 'junk behind it',
    pack: (plain, path) => writeFileSync(path, Buffer.concat([gzipSync(plain), Buffer.alloc(700, 0x5a)])),
  },
];

// What was never read as a plain file is read from the archive; what was, is not read again (W10).
for (const { what, pack } of packings) {
  faultTest(`F6: ${times} archives, ${what}`, { timeoutMs: 120_000 }, async (verdict) => {
    const scene = await begin();
    const { writer } = scene;
    for (; verdict.fired < times; verdict.fired++) {
      writer.write(linesInFile - 1);
      writer.writeSuspicious();
      writer.rotate();
      const path = writer.rotated(verdict.fired);
      pack(readFileSync(path), `${path}.gz`);
      rmSync(path);
    }
    const program = await scene.ready();
    await scene.settle(verdict, program);
  });
}

faultTest(
  `F6: compressed in place while it is followed, ${times} times`,
  { timeoutMs: 60_000 + times * 1_000 },
  async (verdict) => {
    const scene = await begin();
    const { writer } = scene;
    let program = await scene.ready();
    for (; verdict.fired < times; verdict.fired++) {
      writer.write(linesInFile);
      const { key } = writer.writeSuspicious();
      // Now and then it is down in the meantime, with the file half read.
      const isDown = verdict.fired % 10 === 9;
      if (isDown) {
        await scene.arrived(key, program);
        program.signal('SIGKILL');
        expect(await program.ended()).toBe('SIGKILL');
        writer.write(linesInFile);
      }
      writer.rotate();
      writer.compress(verdict.fired);
      if (isDown) program = await scene.ready();
    }
    await scene.settle(verdict, program, { notices: ['crash_loop'] });
  },
);

faultTest(`F6: the plain file stays beside its archive, ${times} times`, {}, async (verdict) => {
  const scene = await begin();
  const { writer } = scene;
  const program = await scene.ready();
  for (; verdict.fired < times; verdict.fired++) {
    writer.write(linesInFile);
    writer.writeSuspicious();
    writer.rotate();
    const path = writer.rotated(verdict.fired);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  }
  await scene.settle(verdict, program);
});

faultTest(`F6: ${times} archives that are not complete yet`, { timeoutMs: 120_000 }, async (verdict) => {
  const scene = await begin();
  const { writer } = scene;
  const rests: (readonly [path: string, rest: Buffer])[] = [];
  for (; verdict.fired < times; verdict.fired++) {
    writer.write(linesInFile);
    writer.writeSuspicious();
    writer.rotate();
    const path = writer.rotated(verdict.fired);
    const bytes = gzipSync(readFileSync(path));
    const middle = 20 + Math.floor(((bytes.length - 40) * verdict.fired) / times);
    writeFileSync(`${path}.gz`, bytes.subarray(0, middle));
    rests.push([`${path}.gz`, bytes.subarray(middle)]);
    rmSync(path);
  }
  const { key } = writer.writeSuspicious();
  const program = await scene.ready();
  await scene.arrived(key, program);
  for (const [path, rest] of rests) appendFileSync(path, rest);
  await scene.settle(verdict, program);
});

faultTest('F6: an archive of one line of 2 GiB', { needs: [linux] }, async (verdict) => {
  const scene = await begin();
  const { writer, backend, workspace } = scene;
  const program = await scene.ready();
  await scene.arrived(writer.writeSuspicious().key, program);
  const before = peakMemory(program);
  const bomb = join(workspace.logs, 'audit-bomb.log.gz');
  await pipeline(Readable.from(zeros(2_048)), createGzip({ level: 1 }), createWriteStream(`${bomb}.new`));
  renameSync(`${bomb}.new`, bomb);
  verdict.fired++;
  await scene.arrived(writer.writeSuspicious().key, program);
  await until(
    () =>
      backend.records.some(({ eventName }) => eventName === 'riskpipe.notice') || program.exit !== undefined,
    () => 'a notice of what was not read',
    60_000,
  );
  await scene.arrived(writer.writeSuspicious().key, program);
  const growth = peakMemory(program) - before;
  if (growth > 64 * mib) verdict.wrong.push(`its memory grew by ${Math.round(growth / mib)} MiB`);
  verdict.hold(writer.expected, backend, ['oversize_line', 'archive_too_large', 'gap']);
});

function* zeros(mibs: number): Iterable<Buffer> {
  const piece = Buffer.alloc(mib, 0x61);
  for (let count = 0; count < mibs; count++) yield piece;
}
