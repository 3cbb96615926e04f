import { spawnSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a Node that knows zstd; empty if none can be had. */
    newerNode: string;
  }
}

const version = '24.21.0';

/** Run once by vitest before the tests: a newer Node than the oldest that we run on, as npm has it. */
export function setup(project: TestProject): void {
  const packed = `node-${process.platform}-${process.arch}@${version}`;
  const args = ['--yes', '--prefer-offline', '--package', packed, 'node', '--print', 'process.execPath'];
  const { status, stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' });
  // Where a machine decides, a suite that tests nothing may not look green.
  if (status !== 0 && process.env['CI'] === 'true') throw new Error(`could not get ${packed}: ${stderr}`);
  if (status !== 0) console.warn(`the tests with a newer Node are skipped: npm does not give ${packed}`);
  project.provide('newerNode', status === 0 ? stdout.trim() : '');
}
