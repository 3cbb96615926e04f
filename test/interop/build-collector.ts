import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the Collector's binary. */
    collector: string;
    /** Why there is none; empty if there is. */
    missing: string;
  }
}

const manifest = fileURLToPath(new URL('manifest.yaml', import.meta.url));
const builder = 'go.opentelemetry.io/collector/cmd/builder@v0.159.0';

/** Run once by vitest before the tests: builds the Collector, or takes the one that an earlier run has built. */
export function setup(project: TestProject): void {
  const hasGo = spawnSync('go', ['version']).status === 0;
  const binary = join(cacheFor(manifest), 'otelcol');
  if (!existsSync(binary) && hasGo) build(binary);
  const missing = existsSync(binary) ? '' : 'Go is not installed, and no Collector was built before';
  // Where a machine decides, a suite that tests nothing may not look green.
  if (missing !== '' && process.env['CI'] === 'true') throw new Error(missing);
  if (missing !== '') console.warn(`the interop tests are skipped: ${missing}`);
  project.provide('collector', binary);
  project.provide('missing', missing);
}

/** A folder for what is built from exactly this manifest, kept between runs and checkouts. */
function cacheFor(file: string): string {
  const hash = createHash('sha256').update(readFileSync(file)).update(builder).digest('hex').slice(0, 16);
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  return join(cache === '' ? join(homedir(), '.cache') : cache, 'riskpipe', `collector-${hash}`);
}

/** Fetches and compiles; throws with the tool's last words if that fails. Nothing half-built is left as `binary`. */
function build(binary: string): void {
  const folder = join(binary, '..');
  const work = join(folder, `build-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  cpSync(manifest, join(work, 'manifest.yaml'));
  console.log(`building an OpenTelemetry Collector in ${folder}; this takes some minutes, once`);
  const options = { cwd: work, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOBIN: work } };
  try {
    run('go', ['install', '-trimpath', builder], options);
    run(join(work, 'builder'), ['--config', 'manifest.yaml', '--ldflags=-s -w'], options);
    renameSync(join(work, 'source', 'otelcol'), binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], options: SpawnSyncOptions): void {
  const { status, error, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (status === 0) return;
  const words = error?.message ?? stderr.trim().split('\n').slice(-20).join('\n');
  throw new Error(`could not build the Collector: ${command} ${args.join(' ')}: ${words}`);
}
