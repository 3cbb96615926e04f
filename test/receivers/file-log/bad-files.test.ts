import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually, tailScene, type TailScene } from './tail-scene.ts';

const saying = (scene: TailScene, text: string): readonly string[] =>
  scene.log.lines.filter((line) => line.includes(text));

describe('what is no log is said once and left alone, and the others are read:', () => {
  for (const [what, make] of [
    ['a directory', (path: string) => mkdirSync(path)],
    ['a FIFO', (path: string) => execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path])],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
    [
      'a socket',
      async (path: string) => {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(path, resolve));
        onTestFinished(() => void server.close());
      },
    ],
  ] as const) {
    test(what, async () => {
      const scene = tailScene();
      const path = scene.path('bad.log');
      await make(path);
      writeFileSync(scene.path('good.log'), 'one\n');
      await scene.start({ include: [path, scene.path('good.log')] });
      await eventually(() => expect(scene.texts).toEqual(['one']));
      appendFileSync(scene.path('good.log'), 'two\n');
      await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
      expect(saying(scene, `${path} is ${what}, not a regular file`)).toHaveLength(1);
      rmSync(path, { recursive: true });
      writeFileSync(path, 'now a log\n');
      await eventually(() => expect(scene.texts).toContain('now a log'));
    });
  }
});

test('a missing file is said once and waited for', async () => {
  const scene = tailScene();
  const path = scene.path('deep/audit.log');
  await scene.start({ include: path, start_at: 'end' });
  await eventually(() => expect(scene.caughtUpBy).toEqual(['file_log']));
  expect(scene.log.lines).toEqual([`warn: no file matches ${path} yet; waiting for one`]);
  mkdirSync(scene.path('deep'));
  writeFileSync(path, 'one\n');
  await eventually(() => expect(scene.texts).toEqual(['one']));
});

// Root may read everything: become nobody for as long as the test runs.
const canDrop = process.geteuid?.() === 0 && process.seteuid !== undefined;
test.skipIf(!canDrop)(
  'an unreadable file is said once, with what to do, and read once it may be',
  async () => {
    const scene = tailScene();
    chmodSync(scene.directory, 0o755);
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n', { mode: 0o600 });
    writeFileSync(scene.path('good.log'), 'good\n');
    process.seteuid?.('nobody');
    try {
      await scene.start();
      await eventually(() => expect(scene.texts).toEqual(['good']));
      expect(saying(scene, `cannot read ${path}: EACCES`)).toEqual([
        expect.stringContaining('group read access'),
      ]);
    } finally {
      process.seteuid?.(0);
    }
    await eventually(() => expect(scene.texts).toEqual(['good', 'one']));
  },
);

test.skipIf(!canDrop)(
  'a directory that cannot be listed is said as what it is; files in it are read on, new ones later',
  async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    chmodSync(scene.directory, 0o711);
    process.seteuid?.('nobody');
    try {
      await eventually(() => expect(saying(scene, `cannot read ${scene.directory}: EACCES`)).toHaveLength(1));
    } finally {
      process.seteuid?.(0);
    }
    appendFileSync(scene.path('audit.log'), 'two\n');
    writeFileSync(scene.path('other.log'), 'three\n');
    await eventually(() => expect(scene.texts.toSorted()).toEqual(['one', 'three', 'two']));
    expect(saying(scene, 'no file matches')).toEqual([]);
  },
);

test('a file with two names is read once', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'one\n');
  symlinkSync(scene.path('audit.log'), scene.path('link.log'));
  await scene.start();
  appendFileSync(scene.path('audit.log'), 'two\n');
  await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
});

test('audit.log may be absent for a moment', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, 'one\n');
  await scene.start({ include: path });
  await eventually(() => expect(scene.texts).toEqual(['one']));
  renameSync(path, scene.path('away'));
  await eventually(() => expect(saying(scene, 'no file matches')).toHaveLength(1));
  renameSync(scene.path('away'), path);
  appendFileSync(path, 'two\n');
  await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
});

describe('a line that is too long', () => {
  test('is skipped in little memory, counted and announced, and the next one read', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n');
    const block = Buffer.alloc(10_000_000, 'x');
    for (let times = 0; times < 10; times++) appendFileSync(path, block);
    appendFileSync(path, '\ntwo\n');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    scene.refuse = () => void (most = Math.max(most, process.memoryUsage().arrayBuffers - before));
    await scene.start({ max_log_size: '4MiB' });
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    expect(most).toBeLessThan(16_000_000);
    expect(scene.counted).toEqual({ lines: 3, bytes: 100_000_009, oversize: 1 });
    expect(scene.notices.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({
        'riskpipe.notice.kind': 'oversize_line',
        'riskpipe.notice.offset': 4,
        'riskpipe.notice.length': 100_000_000,
        'riskpipe.notice.sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
        'log.file.path': path,
      }),
    ]);
  });

  test('is skipped on after a restart', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'x'.repeat(50));
    await scene.start({ max_log_size: 10 });
    await eventually(() => expect(scene.positions).toEqual([expect.objectContaining({ offset: 50 })]));
    await scene.stop();
    appendFileSync(path, 'yyyy\nnext\n');
    await scene.start({ max_log_size: 10 });
    await eventually(() => expect(scene.texts).toEqual(['next']));
    expect(scene.notices[0]?.body).toContain('a line of 54 B at byte 0');
    expect(scene.counted).toEqual({ lines: 2, bytes: 60, oversize: 1 });
  });

  test('is not one that just fits, though longer than one block', async () => {
    const scene = tailScene();
    const line = 'x'.repeat(3_000_000);
    writeFileSync(scene.path('audit.log'), `one\n${line}\r\ntwo\n`);
    await scene.start({ max_log_size: 3_000_000 });
    await eventually(() => expect(scene.lines.map(({ text }) => text.length)).toEqual([3, 3_000_000, 3]));
    expect(scene.notices).toEqual([]);
  });
});

describe('NUL bytes', () => {
  test('of a hole are skipped and announced once, however many', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n');
    truncateSync(path, 20_000_004);
    appendFileSync(path, 'two\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    expect(scene.notices.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^20\.0 MB of NUL at byte 4 of /),
    ]);
    expect(scene.counted).toEqual({ lines: 2, bytes: 20_000_008 });
  });

  test('at the end are announced as soon as something follows, even half a line', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n\0\0\0');
    await scene.start();
    await eventually(() => expect(scene.positions).toEqual([expect.objectContaining({ offset: 7 })]));
    expect(scene.notices).toEqual([]);
    appendFileSync(path, 'tw');
    await eventually(() => expect(scene.notices).toHaveLength(1));
    appendFileSync(path, 'o\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    expect(scene.notices).toHaveLength(1);
  });

  test('that a power cut left within a line cost only that line', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), `{"torn${'\0'.repeat(723)}{"next":1}\n`);
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['{"torn', '{"next":1}']));
    expect(scene.notices).toHaveLength(1);
  });
});

test('a copy of a log, read elsewhere, gives the same notices, however it was written and cut into units', async () => {
  const log = `one\n${'\0'.repeat(5_000)}two\n${'x'.repeat(2_000)}\n${'\0'.repeat(5_000)}${'y'.repeat(2_000)}\nend\n`;
  const notices = async (write: (scene: TailScene, path: string) => Promise<void> | void) => {
    const scene = tailScene();
    await write(scene, scene.path('audit.log'));
    await scene.start({ max_log_size: 1_000 });
    await eventually(() => expect(scene.texts).toContain('end'));
    return scene.notices.map(({ time, attributes }) => [time, attributes['log.record.uid']]);
  };
  const whole = await notices((_, path) => writeFileSync(path, log));
  const inPieces = await notices(async (scene, path) => {
    await scene.start({ max_log_size: 1_000 });
    for (let from = 0; from < log.length; from += 1_700) {
      appendFileSync(path, log.slice(from, from + 1_700));
      await eventually(() => expect(scene.counted['bytes']).toBeGreaterThan(from));
    }
    await scene.stop();
  });
  expect(whole).toHaveLength(4);
  expect(whole.map(([time]) => time)).toEqual(Array(4).fill(undefined));
  expect(new Set(whole.map(([, uid]) => uid)).size).toBe(4);
  expect(inPieces).toEqual(whole);
});

test('invalid UTF-8 and a byte order mark cost no line', async () => {
  const scene = tailScene();
  const bytes = [0xef, 0xbb, 0xbf, 0x61, 0x0a, 0xff, 0xfe, 0x0a, 0x62, 0x0a];
  writeFileSync(scene.path('audit.log'), Buffer.from(bytes));
  await scene.start();
  await eventually(() => expect(scene.texts).toEqual(['a', '\ufffd\ufffd', 'b']));
});

test('a line that begins as UTF-16 would is a line, if bytes before it were read already', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, 'a\n');
  await scene.start();
  await eventually(() => expect(scene.texts).toEqual(['a']));
  appendFileSync(path, Buffer.from([0xff, 0xfe, 0x0a, 0x62, 0x0a]));
  await eventually(() => expect(scene.texts).toEqual(['a', '\ufffd\ufffd', 'b']));
});
