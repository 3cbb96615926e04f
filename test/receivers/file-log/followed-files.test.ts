import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileIntake } from '../../../src/receivers/file-log/file-intake.ts';
import { FollowedFiles } from '../../../src/receivers/file-log/followed-files.ts';

interface Following {
  readonly files: FollowedFiles;
  readonly path: (name: string) => string;
  /** Moves the monotonic clock there. */
  readonly moveTo: (now: number) => void;
}

function following(maxOpen: number): Following {
  const directory = mkdtempSync(join(tmpdir(), 'followed-files-'));
  const complain = (subject: string, error: Error): void => {
    throw new Error(subject, { cause: error });
  };
  let now = 1_000;
  const common = { maxOpen, maxLine: 100, clock: () => now, complain };
  const intake = new FileIntake(
    {
      ...common,
      receiver: 'file_log',
      startAt: 'beginning',
      bounded: false,
      opened: (file) => files.used(file),
      relieve: () => false,
    },
    { positions: new Map(), lastNumber: 0 },
  );
  const files = new FollowedFiles(common, intake);
  onTestFinished(() => {
    files.close();
    rmSync(directory, { recursive: true });
  });
  const moveTo = (moment: number): void => {
    now = moment;
  };
  return { files, path: (name) => join(directory, name), moveTo };
}

test('no more descriptors than allowed are open, the latest used among them', () => {
  const { files, path } = following(2);
  const paths = ['a', 'b', 'c', 'd'].map(path);
  for (const each of paths) writeFileSync(each, 'x');
  files.update(paths);
  expect(files.all.map(({ isOpen }) => isOpen)).toEqual([false, false, true, true]);
  const [first] = files.all;
  expect(first?.inspect(1_000)).toEqual({ kind: 'grown' });
  if (first) files.used(first);
  expect(files.all.map(({ isOpen }) => isOpen)).toEqual([true, false, false, true]);
});

test('a file that lost its name stays open, and is no longer lost when the name is back', () => {
  const { files, path } = following(1);
  for (const name of ['a', 'b']) writeFileSync(path(name), name);
  files.update([path('a')]);
  files.update([]);
  expect(files.all.map(({ unlistedSince }) => unlistedSince)).toEqual([1_000]);
  files.update([path('b')]);
  expect(files.all.map(({ isOpen }) => isOpen)).toEqual([true, true]);
  files.update([path('a'), path('b')]);
  expect(files.all.map(({ unlistedSince }) => unlistedSince)).toEqual([undefined, undefined]);
});

test('a closed file that lost its name is found under its new one', () => {
  const { files, path } = following(1);
  for (const name of ['a', 'b']) writeFileSync(path(name), name);
  files.update([path('a'), path('b')]);
  renameSync(path('a'), path('renamed'));
  appendFileSync(path('renamed'), 'more');
  files.update([path('b')]);
  const [file] = files.all;
  expect(file).toMatchObject({ path: path('renamed'), isOpen: false });
  expect(file?.inspect(1_000)).toEqual({ kind: 'grown' });
  expect(file?.behind).toBe(5);
});

test('a closed file whose content was replaced is another file', () => {
  const { files, path } = following(1);
  for (const name of ['a', 'b']) writeFileSync(path(name), name);
  files.update([path('a'), path('b')]);
  const [file] = files.all;
  const prefix = { start: 0, length: 1, hash: 'of something else' };
  if (file) file.position = { ...file.position, offset: 1, evidence: { prefix, guards: [] } };
  expect(file?.inspect(1_000)).toEqual({ kind: 'other' });
});

describe('a poll', () => {
  /** Two files that nothing is due for, the older of them closed. */
  const quiet = (): Following => {
    const scene = following(1);
    const paths = ['a', 'b'].map(scene.path);
    for (const each of paths) writeFileSync(each, 'x');
    scene.files.update(paths);
    for (const file of scene.files.all) file.due = false;
    return scene;
  };
  const due = ({ files }: Following): readonly boolean[] => files.all.map((file) => file.due);

  test('finds nothing where nothing happened', () => {
    const scene = quiet();
    for (const now of [1_000, 1_250, 9_000, 9_001, 13_000]) {
      scene.moveTo(now);
      expect(scene.files.poll(false)).toBe(true);
      expect(due(scene)).toEqual([false, false]);
    }
  });

  test('finds at once that an open file has grown, and that a closed one has after some seconds', () => {
    const scene = quiet();
    scene.moveTo(9_000);
    expect(scene.files.poll(false)).toBe(true);
    for (const name of ['a', 'b']) appendFileSync(scene.path(name), 'more');
    scene.moveTo(9_001);
    expect(scene.files.poll(false)).toBe(true);
    expect(due(scene)).toEqual([false, true]);
    scene.moveTo(13_000);
    expect(scene.files.poll(false)).toBe(true);
    expect(due(scene)).toEqual([true, true]);
  });

  test('looks at closed files more often the less long they have been quiet', () => {
    const scene = quiet();
    scene.moveTo(1_100);
    expect(scene.files.poll(false)).toBe(true);
    appendFileSync(scene.path('a'), 'more');
    scene.moveTo(1_199);
    expect(scene.files.poll(false)).toBe(true);
    expect(due(scene)).toEqual([false, false]);
    scene.moveTo(1_200);
    expect(scene.files.poll(false)).toBe(true);
    expect(due(scene)).toEqual([true, false]);
  });

  test('looks at every file if it has to be thorough', () => {
    const scene = quiet();
    scene.moveTo(9_000);
    expect(scene.files.poll(false)).toBe(true);
    for (const name of ['a', 'b']) appendFileSync(scene.path(name), 'more');
    scene.moveTo(9_001);
    expect(scene.files.poll(true)).toBe(true);
    expect(due(scene)).toEqual([true, true]);
  });

  test('finds that an open file was cut', () => {
    const scene = quiet();
    truncateSync(scene.path('b'), 0);
    scene.moveTo(5_000);
    expect(scene.files.poll(false)).toBe(true);
    expect(due(scene)).toEqual([false, true]);
  });

  test('tells when a name leads to another file, or to none', () => {
    const scene = quiet();
    scene.moveTo(5_000);
    writeFileSync(scene.path('other'), 'other');
    renameSync(scene.path('other'), scene.path('a'));
    expect(scene.files.poll(false)).toBe(false);
    scene.files.update(['a', 'b'].map(scene.path));
    expect(scene.files.poll(true)).toBe(true);
    rmSync(scene.path('a'));
    expect(scene.files.poll(true)).toBe(false);
  });

  test('a file without a name is always due', () => {
    const scene = quiet();
    scene.files.update([scene.path('a')]);
    for (const file of scene.files.all) file.due = false;
    expect(scene.files.poll(false)).toBe(true);
    expect(due(scene)).toEqual([false, true]);
  });
});

test('a change is reported by the path that the file has now', () => {
  const { files, path } = following(2);
  writeFileSync(path('a'), 'x');
  files.update([path('a')]);
  expect(files.markDue(path('b'))).toBe(false);
  renameSync(path('a'), path('b'));
  files.update([path('b')]);
  for (const file of files.all) file.due = false;
  expect(files.markDue(path('a'))).toBe(false);
  expect(files.markDue(path('b'))).toBe(true);
  expect(files.all.map((file) => file.due)).toEqual([true]);
});
