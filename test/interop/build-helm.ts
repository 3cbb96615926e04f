import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of Helm's binary; empty if there is none. */
    helm: string;
  }
}

const version = 'v3.18.6';

/** Run once by vitest before the tests: builds Helm, or takes the one that an earlier run has built. */
export function setup(project: TestProject): void {
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  const binary = join(
    cache === '' ? join(homedir(), '.cache') : cache,
    'riskpipe',
    `helm-${version}`,
    'helm',
  );
  const hasGo = spawnSync('go', ['version']).status === 0;
  if (!existsSync(binary) && hasGo) {
    console.log(`building Helm as ${binary}; this takes some minutes, once`);
    build(binary);
  }
  const there = existsSync(binary);
  // Where a machine decides, a suite that tests nothing may not look green.
  if (!there && process.env['CI'] === 'true')
    throw new Error('Go is not installed, and no Helm was built before');
  if (!there)
    console.warn('the tests of the chart are skipped: Go is not installed, and no Helm was built before');
  project.provide('helm', there ? binary : '');
}

/** Nothing half-built is left in its place. */
function build(binary: string): void {
  const work = join(dirname(binary), `build-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOBIN: work };
    const args = ['install', '-trimpath', '-ldflags=-s -w', `helm.sh/helm/v3/cmd/helm@${version}`];
    const { status, stderr } = spawnSync('go', args, { cwd: work, env, encoding: 'utf8' });
    if (status !== 0)
      throw new Error(`could not build Helm: ${stderr.trim().split('\n').slice(-20).join('\n')}`);
    renameSync(join(work, 'helm'), binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
