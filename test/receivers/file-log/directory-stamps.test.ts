import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DirectoryStamps } from '../../../src/receivers/file-log/directory-stamps.ts';
import { until } from '../../e2e/until.ts';

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'directory-stamps-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Stamps that were taken long enough after the last change. */
function settled(directory: string): DirectoryStamps {
  const stamps = new DirectoryStamps([directory]);
  stamps.take(0);
  stamps.take(1_000);
  expect(stamps.hold(5_000)).toBe(true);
  return stamps;
}

/** Runs `change` until the file system notes another time of modification for `directory`. */
async function changed(directory: string, change: (round: number) => void): Promise<void> {
  const before = statSync(directory, { bigint: true }).mtimeNs;
  let round = 0;
  await until(
    () => {
      change(round++);
      return statSync(directory, { bigint: true }).mtimeNs !== before;
    },
    () => 'another time of modification',
  );
}

describe('stamps no longer hold', () => {
  test('once a name came', async () => {
    const directory = scratch();
    const stamps = settled(directory);
    await changed(directory, (round) => writeFileSync(join(directory, `${round}`), ''));
    expect(stamps.hold(5_000)).toBe(false);
  });

  test('once a file was renamed', async () => {
    const directory = scratch();
    writeFileSync(join(directory, '0'), '');
    const stamps = settled(directory);
    await changed(directory, (round) =>
      renameSync(join(directory, `${round}`), join(directory, `${round + 1}`)),
    );
    expect(stamps.hold(5_000)).toBe(false);
  });

  test('once another directory took the place', () => {
    const directory = join(scratch(), 'logs');
    mkdirSync(directory);
    const stamps = settled(directory);
    // Both exist for a moment, so they are two inodes.
    mkdirSync(`${directory}-new`);
    renameSync(directory, `${directory}-old`);
    renameSync(`${directory}-new`, directory);
    expect(stamps.hold(5_000)).toBe(false);
  });

  test('once a missing directory came', () => {
    const directory = join(scratch(), 'later');
    const stamps = settled(directory);
    mkdirSync(directory);
    expect(stamps.hold(5_000)).toBe(false);
  });
});

test('a file that grows changes nothing about names', () => {
  const directory = scratch();
  const path = join(directory, 'a');
  writeFileSync(path, 'one');
  const stamps = settled(directory);
  writeFileSync(path, 'one and two');
  expect(stamps.hold(5_000)).toBe(true);
});

test('a second after a change names have to be listed once more, as it may hide another one', () => {
  const stamps = new DirectoryStamps([scratch()]);
  stamps.take(0);
  expect(stamps.hold(999)).toBe(true);
  expect(stamps.hold(1_000)).toBe(false);
  stamps.take(1_000);
  expect(stamps.hold(100_000)).toBe(true);
});
