import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Where the binary `name` of a program of others lies once it was built: kept between runs and checkouts. */
export function cachedTool(folder: string, name: string): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  return join(cache === '' ? join(homedir(), '.cache') : cache, 'riskpipe', folder, name);
}

/** Has `binary` built in a directory that is gone afterwards. Throws what `build`, which is given it, does. */
export function buildTool(binary: string, build: (work: string) => void): void {
  const work = join(dirname(binary), `build-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    build(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Has Go build `binary` by `build`, unless an earlier run has. Why there is none, if so; empty: there is one. Throws what
 * `build` does, and where a machine decides (`CI=true`) also if Go is missing: a suite that tests nothing may not look
 * green.
 */
export function missingTool(binary: string, build: () => void): string {
  if (existsSync(binary)) return '';
  const name = basename(binary);
  if (spawnSync('go', ['version']).status !== 0) {
    const missing = `Go is not installed, and no ${name} was built before`;
    if (process.env['CI'] === 'true') throw new Error(missing);
    console.warn(`the tests with ${name} are skipped: ${missing}`);
    return missing;
  }
  console.log(`building ${name} as ${binary}; this takes some minutes, once`);
  build();
  return '';
}

/** One step of a build; throws with the last words of `command` if it fails. */
export function run(command: string, args: readonly string[], options: SpawnSyncOptions): void {
  const { status, error, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (status === 0) return;
  const words = error?.message ?? stderr.trim().split('\n').slice(-20).join('\n');
  throw new Error(`could not build: ${command} ${args.join(' ')}: ${words}`);
}
