import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../e2e/process.ts';
import { faultTest } from './fault-test.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { command, linux } from './needs.ts';

const files = size('FILES', 200);
const handles = 30;
/** What a start takes: many parts of the program are loaded at once. */
const startHandles = 40;
const needs = [linux, command('prlimit', `--nofile=${handles}`, 'true')];

/** What is left for logs, beside what a running program has open in any case. */
const spareHandles = 6;

const openHandles = ({ id }: Program): number => readdirSync(`/proc/${id}/fd`).length;

/** How a program comes to have few handles. */
const ways: readonly (readonly [what: string, begin: (scene: LiveScene) => Promise<Program>])[] = [
  ['from its start', (scene) => scene.ready({ through: ['prlimit', `--nofile=${startHandles}`] })],
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
  faultTest(`K13: ${files} files with ${handles} handles ${what}`, { needs }, async (verdict) => {
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
    const open = openHandles(program);
    if (open > startHandles) verdict.wrong.push(`${open} handles are open`);
    await scene.settle(verdict, program);
  });
}
