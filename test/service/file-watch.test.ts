import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FileWatch } from '../../src/service/file-watch.ts';

/** Later than anything that a test writes: all that is there is known. */
const later = (): number => Date.now() + 60_000;

function scene() {
  const directory = mkdtempSync(join(tmpdir(), 'file-watch-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = (name: string): string => join(directory, name);
  const write = (name: string, text: string): void => writeFileSync(path(name), text);
  write('a.yaml', 'a');
  return { path, write, watch: new FileWatch(() => [path('*.yaml')]) };
}

for (const [what, change] of [
  ['a file that was written', ({ write }) => write('a.yaml', 'more')],
  ['a file that came', ({ write }) => write('b.yaml', 'b')],
  ['a file that went', ({ path }) => rmSync(path('a.yaml'))],
  [
    'a file that another took the place of',
    ({ path, write }) => {
      write('new', 'a');
      renameSync(path('new'), path('a.yaml'));
    },
  ],
] as readonly (readonly [string, (at: ReturnType<typeof scene>) => void])[]) {
  test(`${what} is told of once, at the second look that finds it so`, async () => {
    const at = scene();
    await at.watch.settle(later());
    expect(await at.watch.look()).toEqual([]);
    change(at);
    expect(await at.watch.look()).toEqual([]);
    expect(await at.watch.look()).toHaveLength(1);
    expect(await at.watch.look()).toEqual([]);
    expect(await at.watch.look()).toEqual([]);
  });
}

test('what is still being written is left to be finished', async () => {
  const { path, write, watch } = scene();
  await watch.settle(later());
  for (const text of ['b', 'bb', 'bbb']) {
    write('a.yaml', text);
    expect(await watch.look()).toEqual([]);
  }
  expect(await watch.look()).toEqual([path('a.yaml')]);
});

test('what was changed after reading began is a change, however soon it settles', async () => {
  const { path, write, watch } = scene();
  const began = Date.now();
  write('a.yaml', 'changed while it was read');
  await watch.settle(began);
  expect(await watch.look()).toEqual([]);
  expect(await watch.look()).toEqual([path('a.yaml')]);
});

test('what was changed before is none', async () => {
  const { watch } = scene();
  await watch.settle(later());
  expect(await watch.look()).toEqual([]);
  expect(await watch.look()).toEqual([]);
});

test('a file of another kind, and one that does not match, are nothing to it', async () => {
  const { path, write, watch } = scene();
  await watch.settle(later());
  write('notes.txt', 'x');
  utimesSync(path('notes.txt'), 1, 1);
  expect(await watch.look()).toEqual([]);
  expect(await watch.look()).toEqual([]);
});

test('what bears a time in the future, by a clock that was ahead, is known', async () => {
  const { watch } = scene();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
  onTestFinished(() => clock.mockRestore());
  await watch.settle(Date.now());
  expect(await watch.look()).toEqual([]);
  expect(await watch.look()).toEqual([]);
});
