import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { eventually, replay, tailScene, type TailScene } from './tail-scene.ts';

const linesOf = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index} ${'x'.repeat(40)}`);

const textOf = (from: number, to: number): string =>
  linesOf(from, to)
    .map((line) => `${line}\n`)
    .join('');

const both = (scene: TailScene): object => ({ include: [scene.path('*.log'), scene.path('*.log.gz')] });

describe('a log that was compressed before anybody read it is read from its archive', () => {
  const plain = textOf(0, 500);
  for (const [what, archive] of [
    ['of one member', gzipSync(plain)],
    ['of two members', Buffer.concat([gzipSync(plain.slice(0, 999)), gzipSync(plain.slice(999))])],
    ['with junk behind it', Buffer.concat([gzipSync(plain), Buffer.alloc(700, 'Z')])],
    ['with zeros behind it', Buffer.concat([gzipSync(plain), Buffer.alloc(700)])],
  ] as const) {
    test(what, async () => {
      const scene = tailScene();
      writeFileSync(scene.path('audit-1.log.gz'), archive);
      await scene.start(both(scene));
      await eventually(() => expect(scene.lines.length).toBe(500));
      expect(scene.texts).toEqual(linesOf(0, 500));
      await eventually(() => expect(scene.caughtUpBy).toHaveLength(1));
      expect(scene.ended).toHaveLength(1);
      expect(scene.notices).toEqual([]);
      expect(scene.counted).toEqual({ lines: 500, bytes: plain.length });
      await scene.stop();
      await scene.start(both(scene));
      await eventually(() => expect(scene.caughtUpBy).toHaveLength(2));
      expect(scene.lines).toHaveLength(500);
    });
  }

  test('in a replay, with an unterminated last line', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit-1.log.gz'), gzipSync(`${plain}{"end":1}`));
    await replay(scene, both(scene));
    expect(scene.texts).toEqual([...linesOf(0, 500), '{"end":1}']);
  });

  test('unless start_at is the end', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit-1.log.gz'), gzipSync(plain));
    await scene.start({ ...both(scene), start_at: 'end' });
    await eventually(() => expect(scene.caughtUpBy).toHaveLength(1));
    expect(scene.lines).toEqual([]);
  });
});

describe('a log that was read as a plain file', () => {
  test('is not read again from its archive', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 100));
    await scene.start(both(scene));
    await eventually(() => expect(scene.lines).toHaveLength(100));
    appendFileSync(path, textOf(100, 110));
    renameSync(path, scene.path('audit-1.log'));
    writeFileSync(path, textOf(110, 120));
    writeFileSync(scene.path('audit-1.log.gz'), gzipSync(textOf(0, 110)));
    rmSync(scene.path('audit-1.log'));
    await eventually(() => expect(scene.positions).toContainEqual(expect.objectContaining({ unseen: true })));
    appendFileSync(path, textOf(120, 130));
    await eventually(() => expect(scene.texts).toEqual(linesOf(0, 130)));
    await scene.stop();
    await scene.start(both(scene));
    await eventually(() =>
      expect(scene.positions).toContainEqual(
        expect.objectContaining({ archive: expect.objectContaining({ complete: true }) }),
      ),
    );
    expect(scene.texts).toEqual(linesOf(0, 130));
    expect(scene.notices).toEqual([]);
  });

  test('is read on from its archive, behind what was read', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 100));
    await scene.start(both(scene));
    await eventually(() => expect(scene.lines).toHaveLength(100));
    await scene.stop();
    writeFileSync(scene.path('audit-1.log.gz'), gzipSync(textOf(0, 50_000)));
    rmSync(path);
    writeFileSync(path, 'new\n');
    await scene.start(both(scene));
    await eventually(() => expect(scene.lines.length).toBe(50_001));
    expect(scene.texts).toEqual([...linesOf(0, 50_000), 'new']);
    expect(new Set(scene.lines.slice(0, -1).map(({ stream }) => stream)).size).toBe(1);
    expect(scene.notices).toEqual([]);
  });

  test('is ignored in an archive as long as it is there itself', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit-1.log'), textOf(0, 100));
    writeFileSync(scene.path('audit-1.log.gz'), gzipSync(textOf(0, 100)));
    await scene.start(both(scene));
    await eventually(() => expect(scene.lines).toHaveLength(100));
    appendFileSync(scene.path('audit-1.log'), 'more\n');
    await eventually(() => expect(scene.lines).toHaveLength(101));
  });

  for (const [what, inTurn] of [
    ['is known in its archive though it was closed meanwhile', false],
    ['is known in its archive though that has the inode of another one that was closed', true],
  ] as const) {
    test(what, { timeout: 60_000 }, async () => {
      const scene = tailScene();
      // More than are held open: those that nothing was read from for longest are closed.
      const files = 270;
      const texts = Array.from({ length: files }, (_, index) => textOf(index * 30, index * 30 + 30));
      const paths = texts.map((_, index) => scene.path(`part-${String(index).padStart(3, '0')}.log`));
      for (const [index, path] of paths.entries()) writeFileSync(path, texts[index] ?? '');
      // A file is let go of four polls after its name was last seen.
      await scene.start({ ...both(scene), poll_interval: '250ms' });
      await eventually(() => expect(scene.lines).toHaveLength(files * 30));
      const packed = paths.slice(0, 10);
      for (const [index, path] of packed.entries()) {
        writeFileSync(`${path}.gz`, gzipSync(texts[index] ?? ''));
        if (inTurn) rmSync(path);
      }
      if (!inTurn) for (const path of packed) rmSync(path);
      const unpacked = (): readonly unknown[] =>
        scene.positions.filter((row) => (row as { archive: unknown }).archive !== null);
      await vi.waitFor(() => expect(unpacked()).toHaveLength(packed.length), { timeout: 40_000 });
      expect(scene.lines).toHaveLength(files * 30);
      expect(scene.notices).toEqual([]);
      expect(scene.log.lines.filter((line) => line.includes('emptied'))).toEqual([]);
    });
  }

  test('and begins as the one in the archive does is another one', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, textOf(0, 100));
    await scene.start(both(scene));
    await eventually(() => expect(scene.lines).toHaveLength(100));
    await scene.stop();
    rmSync(path);
    const other = `${textOf(0, 50)}${textOf(1_000, 1_100)}`;
    writeFileSync(scene.path('audit-1.log.gz'), gzipSync(other));
    await scene.start(both(scene));
    await eventually(() =>
      expect(scene.texts.slice(100)).toEqual([...linesOf(0, 50), ...linesOf(1_000, 1_100)]),
    );
  });
});

describe('an archive that is not complete', () => {
  const plain = textOf(0, 2_000);
  const archive = gzipSync(plain, { level: 1 });

  for (const most of [0, 10, 40, 2_000, archive.length - 3]) {
    test(`of ${most} bytes is read on when the rest comes`, async () => {
      const scene = tailScene();
      const path = scene.path('audit-1.log.gz');
      writeFileSync(path, archive.subarray(0, most));
      writeFileSync(scene.path('audit.log'), 'one\n');
      await scene.start(both(scene));
      await eventually(() => expect(scene.texts).toContain('one'));
      appendFileSync(path, archive.subarray(most));
      await eventually(() => expect(scene.lines.length).toBe(2_001));
      await eventually(() => expect(scene.ended).toHaveLength(1));
      expect(scene.notices).toEqual([]);
    });
  }

  test('gives its whole lines and a gap once nobody has written to it for a minute', async () => {
    const scene = tailScene();
    const path = scene.path('audit-1.log.gz');
    writeFileSync(path, archive.subarray(0, 5_000));
    let later = 0;
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + later);
    await scene.start(both(scene));
    await eventually(() => expect(scene.lines.length).toBeGreaterThan(10));
    expect(scene.notices).toEqual([]);
    later = 61_000;
    await eventually(() => expect(scene.notices).toHaveLength(1));
    await eventually(() => expect(scene.caughtUpBy).toHaveLength(1));
    clock.mockRestore();
    const read = scene.lines.length;
    expect(scene.texts).toEqual(linesOf(0, read));
    expect(scene.notices[0]?.attributes).toMatchObject({
      'riskpipe.notice.kind': 'gap',
      'riskpipe.notice.offset': textOf(0, read).length,
    });
    await scene.stop();
    await scene.start(both(scene));
    await eventually(() => expect(scene.caughtUpBy).toHaveLength(2));
    expect(scene.notices).toHaveLength(1);
  });

  test('gives a gap at once in a replay, and the rest in a later one', async () => {
    const scene = tailScene();
    const path = scene.path('audit-1.log.gz');
    writeFileSync(path, archive.subarray(0, 5_000));
    await replay(scene, both(scene));
    expect(scene.notices).toHaveLength(1);
    writeFileSync(path, archive);
    await replay(scene, both(scene));
    expect(scene.texts).toEqual(linesOf(0, 2_000));
  });
});

test('an archive that is damaged gives what comes before that, and a gap', async () => {
  const scene = tailScene();
  const archive = gzipSync(textOf(0, 100_000), { level: 1 });
  archive.fill(0xff, archive.length - 2_000, archive.length - 1_900);
  writeFileSync(scene.path('audit-1.log.gz'), archive);
  await scene.start(both(scene));
  await eventually(() => expect(scene.notices).toHaveLength(1));
  expect(scene.notices[0]?.body).toContain('cannot be unpacked to its end');
  expect(scene.lines.length).toBeGreaterThan(10_000);
  expect(scene.texts.slice(0, 10_000)).toEqual(linesOf(0, 10_000));
});

test('what only has the name of an archive is left alone with a word', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit-1.log.gz'), textOf(0, 10));
  writeFileSync(scene.path('audit.log'), 'one\n');
  await scene.start(both(scene));
  await eventually(() => expect(scene.texts).toEqual(['one']));
  expect(scene.log.lines.join('\n')).toContain('is not in gzip format, as its name says; it is left alone');
});

test('a new file with the inode of an archive that was read is read', async () => {
  const scene = tailScene();
  const path = scene.path('audit-1.log.gz');
  writeFileSync(path, gzipSync(textOf(0, 10)));
  await scene.start(both(scene));
  await eventually(() => expect(scene.ended).toHaveLength(1));
  const archive = readFileSync(path);
  renameSync(path, scene.path('audit.log'));
  truncateSync(scene.path('audit.log'));
  writeFileSync(scene.path('audit.log'), 'one\n');
  await eventually(() => expect(scene.texts).toContain('one'));
  writeFileSync(path, archive);
  appendFileSync(scene.path('audit.log'), 'two\n');
  await eventually(() => expect(scene.texts).toContain('two'));
});
