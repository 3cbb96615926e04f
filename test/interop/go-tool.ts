import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A program of others that is compiled from its Go modules. */
export interface GoTool {
  /** As Go knows it; its last part is the name of the binary. */
  readonly path: string;
  readonly version: string;
}

/** Where its binary lies once it was built. */
export function binaryOf({ path, version }: GoTool): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  const root = cache === '' ? join(homedir(), '.cache') : cache;
  return join(root, 'riskpipe', `${basename(path)}-${version}`, basename(path));
}

/**
 * Where its binary lies: built now, which takes minutes, or by an earlier run. Empty if there is none and no Go to
 * build it with; where a machine decides (`CI=true`) that is an error.
 */
export function goTool(tool: GoTool): string {
  const name = basename(tool.path);
  const binary = binaryOf(tool);
  if (existsSync(binary)) return binary;
  const hasGo = spawnSync('go', ['version']).status === 0;
  // Where a machine decides, a suite that tests nothing may not look green.
  if (!hasGo && process.env['CI'] === 'true')
    throw new Error(`Go is not installed, and no ${name} was built before`);
  if (!hasGo) {
    console.warn(`the tests with ${name} are skipped: Go is not installed, and none was built before`);
    return '';
  }
  console.log(`building ${name} as ${binary}; this takes some minutes, once`);
  build(tool, binary);
  return binary;
}

/** Nothing half-built is left in its place. */
function build({ path, version }: GoTool, binary: string): void {
  const work = join(dirname(binary), `build-${process.pid}`);
  mkdirSync(work, { recursive: true });
  // `go install` refuses a module that replaces others; as a part of another module it is only built.
  const commands = [
    ['mod', 'init', 'riskpipe.test/tool'],
    ['get', `${path}@${version}`],
    ['build', '-trimpath', '-ldflags=-s -w', '-o', 'built', path],
  ];
  try {
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' };
    for (const args of commands) {
      const { status, stderr } = spawnSync('go', args, { cwd: work, env, encoding: 'utf8' });
      if (status !== 0)
        throw new Error(`could not build ${path}: ${stderr.trim().split('\n').slice(-20).join('\n')}`);
    }
    renameSync(join(work, 'built'), binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
