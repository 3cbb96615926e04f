import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyOf, type Stage } from '../examples/image/dockerfile.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Does what a Dockerfile says, without a builder: each stage becomes a directory below `root`, named for the stage or
 * `image` for the last, in which `/` of the stage is. Commands run with the tools of this machine. Throws if one fails.
 */
export function carryOut(stages: readonly Stage[], root: string): string {
  for (const stage of stages) {
    const place = join(root, stage.name === '' ? 'image' : stage.name);
    let directory = place;
    for (const { name, text } of stage.instructions) {
      if (name === 'WORKDIR') directory = join(place, text);
      mkdirSync(directory, { recursive: true });
      if (name === 'COPY') copy(text, directory, root);
      if (name === 'RUN') run(text, directory);
    }
  }
  return join(root, 'image');
}

function copy(text: string, directory: string, root: string): void {
  const { from, sources, target } = copyOf(text);
  for (const source of sources) {
    const path = from === '' ? join(checkout, source) : join(root, from, source);
    const into = target.endsWith('/') ? posix.join(target, basename(source)) : target;
    cpSync(path, join(directory, into), { recursive: true, verbatimSymlinks: true });
  }
}

function run(command: string, cwd: string): void {
  const env = { ...process.env, npm_config_prefer_offline: 'true' };
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`"${command}" ended with ${status}: ${stderr}`);
}
