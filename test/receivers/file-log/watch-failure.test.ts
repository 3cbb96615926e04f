import { appendFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';

vi.doMock('chokidar', async () => {
  const { EventEmitter } = await import('node:events');
  /** A watcher on a machine whose inotify watches are used up. */
  class ExhaustedWatcher extends EventEmitter {
    add(): void {
      for (let times = 0; times < 2; times++)
        this.emit('error', new Error('ENOSPC: no space left for watches'));
    }

    unwatch(): void {}

    async close(): Promise<void> {}
  }
  return { FSWatcher: ExhaustedWatcher };
});

// Other files of this run load the receiver with the real watcher, before and after.
vi.resetModules();
afterAll(() => {
  vi.doUnmock('chokidar');
  vi.resetModules();
});

const { eventually, tailScene } = await import('./tail-scene.ts');

test('when watching fails it is said once, and polling goes on', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'one\n');
  await scene.start();
  await eventually(() => expect(scene.texts).toEqual(['one']));
  appendFileSync(scene.path('audit.log'), 'two\n');
  await eventually(() => expect(scene.texts).toEqual(['one', 'two']));
  expect(scene.log.lines.filter((line) => line.startsWith('warn'))).toEqual([
    'warn: cannot watch directories: ENOSPC: no space left for watches; files are looked at every 10 ms',
  ]);
});
