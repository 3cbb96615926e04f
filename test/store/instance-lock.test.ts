import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { InstanceLock } from '../../src/store/instance-lock.ts';

function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Another process that holds the lock of `directory`. */
async function holder(directory: string) {
  const level = fileURLToPath(import.meta.resolve('classic-level'));
  const program = `
    const { ClassicLevel } = require(process.argv[1]);
    const { mkdirSync, writeFileSync } = require('node:fs');
    mkdirSync(process.argv[2] + '/lock', { recursive: true });
    writeFileSync(process.argv[2] + '/owner.json', JSON.stringify({ pid: process.pid, host: 'node-1' }));
    new ClassicLevel(process.argv[2] + '/lock').open().then(() => console.log('held'));
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['-e', program, level, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a lock that another process holds is refused with its owner, and goes with it', async () => {
  const directory = place();
  const child = await holder(directory);
  await expect(InstanceLock.acquire(directory)).rejects.toMatchObject({
    reason: 'locked',
    message: expect.stringContaining(`in use by another riskpipe (process ${child.pid} on node-1, since 2`),
  });
  child.kill('SIGKILL');
  await once(child, 'close');
  const lock = await InstanceLock.acquire(directory);
  await lock.release();
});

test('a released lock can be had again', async () => {
  const directory = place();
  for (let time = 0; time < 3; time++) {
    const lock = await InstanceLock.acquire(directory);
    await expect(InstanceLock.acquire(directory)).rejects.toMatchObject({ reason: 'locked' });
    await lock.release();
  }
});

test('an owner that is not readable is left out', async () => {
  const directory = place();
  await holder(directory);
  writeFileSync(join(directory, 'owner.json'), '{"pid":');
  await expect(InstanceLock.acquire(directory)).rejects.toThrow('is in use by another riskpipe; give each');
});

test.each([
  ['CURRENT', 'damaged'],
  ['CURRENT', 'MANIFEST-009999\n'],
  ['MANIFEST', 'damaged'],
])('a lock with a damaged %s holds nothing that could be lost, and is made anew', async (file, content) => {
  const directory = place();
  await (await InstanceLock.acquire(directory)).release();
  const name = readdirSync(join(directory, 'lock')).find((found) => found.startsWith(file)) ?? '';
  writeFileSync(join(directory, 'lock', name), content);
  const lock = await InstanceLock.acquire(directory);
  await expect(InstanceLock.acquire(directory)).rejects.toMatchObject({ reason: 'locked' });
  await lock.release();
});
