import { describe, expect, test } from 'vitest';
import { FilePositions } from '../../../src/receivers/file-log/file-position.ts';
import { globDirectory } from '../../../src/receivers/file-log/glob-directory.ts';
import { logFamily } from '../../../src/receivers/file-log/log-family.ts';
import { namesOneDirectory } from '../../../src/receivers/file-log/names-one-directory.ts';
import { MemoryStore } from '../../../src/store/memory.ts';

describe('the log that a file is a part of', () => {
  for (const [path, family] of [
    ['/l/audit.log', '/l/audit.log'],
    ['/l/audit-2026-11-22T13-30-47.487.log', '/l/audit.log'],
    ['/l/audit.log.1', '/l/audit.log'],
    ['/l/audit.log-20261122', '/l/audit.log'],
    ['/l/audit-000012.log', '/l/audit.log'],
    ['/l/kube-apiserver.log', '/l/kube-apiserver.log'],
    ['/2026-1/audit.log', '/2026-1/audit.log'],
  ] as const) {
    test(path, () => expect(logFamily(path)).toBe(family));
  }
});

describe('the directory that a glob begins in', () => {
  for (const [glob, directory] of [
    ['/var/log/audit.log', '/var/log'],
    ['/var/log/*.log', '/var/log'],
    ['/var/log/**/a.log', '/var/log'],
    ['/var/{log,lib}/a.log', '/var'],
  ] as const) {
    test(glob, () => expect(globDirectory(glob)).toBe(directory));
  }
});

describe('whether a glob names one directory', () => {
  for (const [glob, expected] of [
    ['/var/log/audit.log', true],
    ['/var/log/audit*.log', true],
    ['audit-?.{log,txt}', true],
    ['/var/*/audit.log', false],
    ['/var/log/**/a.log', false],
    ['/var/log/**', false],
    ['/var/{log/a,lib/b}.log', false],
    ['/var/@(log/a|lib/b).log', false],
  ] as const) {
    test(glob, () => expect(namesOneDirectory(glob)).toBe(expected));
  }
});

test('a row that is no position is refused, not ignored', async () => {
  const store = new MemoryStore();
  const transaction = store.begin();
  transaction.put('position/file_log', 'abc', { offset: 'x' });
  await transaction.commit();
  expect(() => new FilePositions('file_log').load(store)).toThrow(
    /row "abc" of "position\/file_log" is no position/,
  );
});
