import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FileIntake } from '../../../src/receivers/file-log/file-intake.ts';
import { FollowedFiles } from '../../../src/receivers/file-log/followed-files.ts';

function following(maxOpen: number): { files: FollowedFiles; path: (name: string) => string } {
  const directory = mkdtempSync(join(tmpdir(), 'followed-files-'));
  const complain = (subject: string, error: Error): void => {
    throw new Error(subject, { cause: error });
  };
  const common = { maxOpen, maxLine: 100, clock: () => 1_000, complain };
  const intake = new FileIntake(
    { ...common, receiver: 'file_log', startAt: 'beginning', bounded: false },
    { positions: new Map(), lastNumber: 0 },
  );
  const files = new FollowedFiles(common, intake);
  onTestFinished(() => {
    files.close();
    rmSync(directory, { recursive: true });
  });
  return { files, path: (name) => join(directory, name) };
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
