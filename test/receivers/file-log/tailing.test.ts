import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually, tailScene } from './tail-scene.ts';

describe('a file that grows', () => {
  test('hands on whole lines only, in order', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\ntwo\nthr');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    appendFileSync(path, 'ee\r\n\nfour\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two', 'three', 'four']));
    expect(new Set(scene.lines.map(({ stream }) => stream)).size).toBe(1);
    expect(scene.lines.map(({ end }) => end)).toEqual([4, 8, 15, 21]);
  });

  test('a raw event wakes the reader long before the poll', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\n');
    await scene.start({ poll_interval: '1h' });
    await eventually(() => expect(scene.texts).toEqual(['one']));
    // The watch may begin a moment after the start; nothing but an event can bring any of these lines.
    await eventually(() => {
      appendFileSync(scene.path('audit.log'), 'more\n');
      expect(scene.texts).toContain('more');
    });
    writeFileSync(scene.path('new.log'), 'new\n');
    await eventually(() => expect(scene.texts).toContain('new'));
  });

  test('says once that it has caught up', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\n');
    await scene.start();
    await eventually(() => expect(scene.caughtUpBy).toEqual(['file_log']));
    appendFileSync(scene.path('audit.log'), 'two\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    expect(scene.caughtUpBy).toHaveLength(1);
  });

  test('progress tells lines, bytes and what lies ahead', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\ntwo\nhalf');
    const receiver = await scene.start();
    await eventually(() => expect(receiver.progress?.()).toEqual({ lines: 2, bytes: 8, behind: 4 }));
  });
});

describe('rotation', () => {
  test('reads the old file to its last byte and the new one from its first', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n');
    await scene.start({ include: path });
    await eventually(() => expect(scene.texts).toEqual(['one']));
    renameSync(path, scene.path('audit-1.log'));
    writeFileSync(path, 'three\n');
    appendFileSync(scene.path('audit-1.log'), 'two\n');
    await eventually(() => expect(scene.texts.toSorted()).toEqual(['one', 'three', 'two']));
  });

  test('a rotated file that matches under its new name is not read twice', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    renameSync(scene.path('audit.log'), scene.path('audit-1.log'));
    writeFileSync(scene.path('audit.log'), 'two\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    appendFileSync(scene.path('audit-1.log'), 'late\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two', 'late']));
    expect(scene.lines[2]).toMatchObject({
      stream: scene.lines[0]?.stream,
      source: scene.path('audit-1.log'),
    });
  });

  test('older files come first while catching up', async () => {
    const scene = tailScene();
    for (const [second, name] of ['audit-2.log', 'audit-1.log', 'audit.log'].entries()) {
      writeFileSync(scene.path(name), `${name}\n`.repeat(5_000));
      utimesSync(scene.path(name), second, second);
    }
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(15_000));
    expect([...new Set(scene.texts)]).toEqual(['audit-2.log', 'audit-1.log', 'audit.log']);
  });

  test('files of different logs take turns', async () => {
    const scene = tailScene();
    for (const name of ['a.log', 'b.log']) writeFileSync(scene.path(name), `${name}\n`.repeat(70_000));
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(140_000));
    const firstOfB = scene.texts.indexOf('b.log');
    // A unit ends after so many lines, or sooner on a slow machine.
    expect(firstOfB).toBeGreaterThan(0);
    expect(firstOfB).toBeLessThanOrEqual(32_768);
    expect(scene.texts.lastIndexOf('a.log')).toBeGreaterThan(firstOfB);
  });

  test('what a rotation renamed while nobody ran is read to its end', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n');
    await scene.start({ include: path });
    await eventually(() => expect(scene.texts).toEqual(['one']));
    await scene.stop();
    appendFileSync(path, 'two\n');
    renameSync(path, scene.path('audit-1.log'));
    writeFileSync(path, 'three\n');
    await scene.start({ include: path });
    await eventually(() => expect(scene.texts).toEqual(['one', 'two', 'three']));
  });

  test('a deleted file is read to its end, its stream ended, its position forgotten', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\ntorn');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    rmSync(path);
    writeFileSync(path, 'two\n');
    await eventually(() => expect(scene.ended).toEqual([scene.lines[0]?.stream]));
    // What no newline will ever end is handed on as it is.
    expect(scene.texts.toSorted()).toEqual(['one', 'torn', 'two']);
    expect(scene.positions).toHaveLength(1);
  });

  test('is found behind a link, whose directory does not change', async () => {
    const scene = tailScene();
    const target = scene.path('pod/0');
    mkdirSync(scene.path('pod'));
    writeFileSync(target, 'one\n');
    symlinkSync(target, scene.path('audit.log'));
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    renameSync(target, `${target}-1`);
    writeFileSync(target, 'two\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
  });

  test('a deleted file goes on being read while its writer goes on', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    const writer = openSync(path, 'a');
    onTestFinished(() => closeSync(writer));
    writeSync(writer, 'one\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    rmSync(path);
    writeSync(writer, 'two\n');
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
  });
});

describe('truncation in place', () => {
  for (const [what, content] of [
    ['to nothing', ''],
    ['to something shorter', 'new\n'],
    ['to something longer', 'new\nand more of it\nthan there was\n'],
    ['to something of the same length', 'new\nanother\n'],
  ] as const) {
    test(`${what} is announced, and the new content read`, async () => {
      const scene = tailScene();
      const path = scene.path('audit.log');
      writeFileSync(path, 'one\ntwo\nxxx\n');
      await scene.start();
      await eventually(() => expect(scene.texts).toEqual(['one', 'two', 'xxx']));
      writeFileSync(path, content);
      await eventually(() => expect(scene.notices).toHaveLength(1));
      expect(scene.notices[0]?.attributes['riskpipe.notice.kind']).toBe('file_truncated');
      appendFileSync(path, 'end\n');
      const lines = content.split('\n').filter((line) => line !== '');
      await eventually(() => expect(scene.texts.slice(3)).toEqual([...lines, 'end']));
      expect(scene.log.lines).toContainEqual(
        expect.stringMatching(
          /^warn: .*audit\.log was truncated .* is lost: no copy of the file was found beside it/,
        ),
      );
    });
  }

  test('is announced alike on another machine, and otherwise at another place', async () => {
    const uidOf = async (before: string): Promise<unknown> => {
      const scene = tailScene();
      const path = scene.path('audit.log');
      writeFileSync(path, before);
      await scene.start();
      await eventually(() => expect(scene.lines).not.toEqual([]));
      truncateSync(path);
      await eventually(() => expect(scene.notices).toHaveLength(1));
      expect(scene.notices[0]?.time).toBeUndefined();
      return scene.notices[0]?.attributes['log.record.uid'];
    };
    const uid = await uidOf('one\n');
    expect(await uidOf('one\n')).toBe(uid);
    expect(await uidOf('two\n')).not.toBe(uid);
    expect(await uidOf('one\none\n')).not.toBe(uid);
  });

  test('the copy of a copytruncate goes on where the original stood', async () => {
    const scene = tailScene();
    const content = Array.from({ length: 200 }, (_, index) => `line ${index}\n`).join('');
    writeFileSync(scene.path('audit.log'), content);
    await scene.start();
    await eventually(() => expect(scene.lines).toHaveLength(200));
    await scene.stop();
    writeFileSync(scene.path('audit-1.log'), `${content}tail\n`);
    truncateSync(scene.path('audit.log'));
    await scene.start();
    appendFileSync(scene.path('audit.log'), 'new\n');
    await eventually(() => expect(scene.texts.slice(200).toSorted()).toEqual(['new', 'tail']));
  });

  test('a new file that begins as a short one did is no copy of it: it is read from its beginning', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    await scene.stop();
    writeFileSync(scene.path('other.log'), 'one\ntwo\n');
    rmSync(scene.path('audit.log'));
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one', 'one', 'two']));
  });
});

describe('restart', () => {
  test('goes on behind the last committed line', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'one\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    await scene.stop();
    appendFileSync(path, 'two\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    expect(scene.log.lines).toContain(`info: reading ${path} from byte 4, 4 B behind`);
  });

  test('a new file with the inode of the old one is read from its beginning', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'first\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['first']));
    await scene.stop();
    // Writing over it keeps the inode: the case that a file system makes of delete and create.
    writeFileSync(path, 'other\nsecond\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['first', 'other', 'second']));
    expect(scene.lines[1]?.stream).not.toBe(scene.lines[0]?.stream);
    expect(scene.notices.map(({ attributes }) => attributes['riskpipe.notice.kind'])).toEqual(['gap']);
  });

  test('a file that is gone is said once, and its position kept for its return', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    mkdirSync(scene.path('elsewhere'));
    writeFileSync(path, 'one\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one']));
    await scene.stop();
    renameSync(path, scene.path('elsewhere/kept'));
    for (let run = 0; run < 2; run++) {
      await scene.start();
      await scene.stop();
    }
    expect(scene.log.lines.filter((line) => line.includes('is gone since the last run'))).toHaveLength(1);
    renameSync(scene.path('elsewhere/kept'), path);
    appendFileSync(path, 'two\n');
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
  });
});

describe('a consumer that refuses', () => {
  test('gets the same lines again, and the reason is logged once', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'one\ntwo\n');
    let refusals = 0;
    scene.refuse = () => {
      if (++refusals <= 2) throw new Error(`${refusals} records wait`);
    };
    await scene.start();
    await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
    expect(scene.log.lines.filter((line) => line.includes('reading waits'))).toHaveLength(1);
    expect(scene.log.lines).toContain('info: reading goes on after 2 failed attempts');
    expect(scene.counted).toMatchObject({ lines: 2, bytes: 8 });
  });

  test('does not keep new files from being found and held', async () => {
    const scene = tailScene();
    scene.refuse = () => {
      throw new Error('full');
    };
    writeFileSync(scene.path('audit.log'), 'one\n');
    await scene.start();
    writeFileSync(scene.path('brief.log'), 'brief\n');
    await eventually(() => expect(scene.log.lines.join()).toContain('brief.log'));
    rmSync(scene.path('brief.log'));
    scene.refuse = () => {};
    await eventually(() => expect(scene.texts.toSorted()).toEqual(['brief', 'one']));
  });
});
