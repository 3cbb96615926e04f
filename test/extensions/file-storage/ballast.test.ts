import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Ballast } from '../../../src/extensions/file-storage/ballast.ts';

function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-ballast-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'ballast');
}

test('it takes up its space for real until it is released', async () => {
  const path = place();
  const ballast = new Ballast(path, 2_500_000);
  expect(ballast.isThere).toBe(false);
  await ballast.fill();
  expect(ballast.isThere).toBe(true);
  const { size, blocks } = statSync(path);
  expect([size, blocks * 512 >= size]).toEqual([2_500_000, true]);
  ballast.release();
  expect(ballast.isThere).toBe(false);
});

test('what a crash left of it is not taken for the whole', async () => {
  const path = place();
  writeFileSync(path, 'half of it');
  const ballast = new Ballast(path, 1_000);
  expect(ballast.isThere).toBe(false);
  await ballast.fill();
  expect(statSync(path).size).toBe(1_000);
});

test('one of no bytes is always there and no file', async () => {
  const path = place();
  const ballast = new Ballast(path, 0);
  await ballast.fill();
  expect([ballast.isThere, statSync(path, { throwIfNoEntry: false })]).toEqual([true, undefined]);
});

test('where it cannot be it is not, and says so', async () => {
  const ballast = new Ballast(join(place(), 'no directory'), 1_000);
  await expect(ballast.fill()).rejects.toThrow('ENOENT');
});
