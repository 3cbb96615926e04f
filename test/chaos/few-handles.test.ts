import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../e2e/process.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { command, linux } from './needs.ts';

const files = size('FILES', 200);
/**
 * What the program has open when it runs and follows no file: 19 are Node's own (epoll, eventfd, pipes, /dev/null), 8
 * LevelDB's of the store and its lock, the others the count of commits, inotify and a connection. So the 30 of
 * spec/reliability.md K13, of a store with fewer files, would leave none for a log.
 */
const bareHandles = 30;
/** What is left for logs, directories and further connections. */
const spareHandles = 6;
/** A start reads so many parts of the program at a time. */
const startHandles = 10;
const needs = [linux, command('prlimit', `--nofile=${bareHandles}`, 'true')];

const openHandles = ({ id }: Program): number => readdirSync(`/proc/${id}/fd`).length;

/** How a program comes to have few handles. */
const ways: readonly (readonly [what: string, begin: (scene: LiveScene) => Promise<Program>])[] = [
  [
    'from its start',
    (scene) => scene.ready({ through: ['prlimit', `--nofile=${bareHandles + spareHandles + startHandles}`] }),
  ],
  [
    'while it runs',
    async (scene) => {
      const program = await scene.ready();
      const few = openHandles(program) + spareHandles;
      spawnSync('prlimit', ['--pid', String(program.id), `--nofile=${few}`]);
      return program;
    },
  ],
];

for (const [what, begin] of ways) {
  faultTest(
    `K13: ${files} files and ${spareHandles} handles to spare ${what}`,
    { needs },
    async (verdict) => {
      const scene = await LiveScene.begin();
      const { writer, workspace } = scene;
      const program = await begin(scene);
      for (let round = 0; round < 2; round++) {
        for (let file = 0; file < files; file++) {
          writer.writeTo(join(workspace.logs, `audit-${file}x.log`), 20);
          verdict.fired++;
        }
        await scene.complete(program);
      }
      await scene.settle(verdict, program);
    },
  );
}
