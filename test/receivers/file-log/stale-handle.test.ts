import { appendFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replaceCall } from './replace-call.ts';
import { eventually, tailScene } from './tail-scene.ts';

/** Another machine has deleted the files with these inodes: on NFS nobody can use a descriptor of them any more. */
function makeStale(inodes: ReadonlySet<number>): void {
  replaceCall('fstatSync', (real, args) => {
    const stat = real(...args) as { readonly ino: bigint };
    if (!inodes.has(Number(stat.ino))) return stat;
    throw Object.assign(new Error('ESTALE: stale file handle, fstat'), { code: 'ESTALE' });
  });
}

test('a log that another machine has deleted is let go, what was not read of it told, the next one read', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  const stale = new Set<number>();
  makeStale(stale);
  writeFileSync(path, 'one\n');
  const receiver = await scene.start();
  await eventually(() => expect(scene.texts).toEqual(['one']));
  const held = scene.positions;
  appendFileSync(path, 'half a li');
  await eventually(() => expect(receiver.progress?.().behind).toBe(9));
  stale.add(statSync(path).ino);
  // Its inode is not free while it is held open, so that the next file has another one.
  unlinkSync(path);
  writeFileSync(path, 'two\n');
  await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
  await eventually(() => expect(scene.positions).toHaveLength(1));
  expect(scene.positions).not.toEqual(held);
  expect(scene.notices.map(({ body }) => body)).toEqual([
    `${path} was deleted while it was closed; its last 9 B, behind byte 4, were not read`,
  ]);
  expect(scene.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});
