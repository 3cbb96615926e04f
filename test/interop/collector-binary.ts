import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const builder = 'go.opentelemetry.io/collector/cmd/builder@v0.159.0';

/**
 * Where the Collector that is built from exactly this manifest lies, once it is built: kept between runs and
 * checkouts.
 */
export function collectorBinary(manifest: string): string {
  const hash = createHash('sha256').update(readFileSync(manifest)).update(builder).digest('hex').slice(0, 16);
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  const folder = cache === '' ? join(homedir(), '.cache') : cache;
  return join(folder, 'riskpipe', `collector-${hash}`, 'otelcol');
}

/** Fetches and compiles it; throws with the tool's last words if that fails. Nothing half-built is left in its place. */
export function buildCollector(manifest: string): void {
  const binary = collectorBinary(manifest);
  const work = join(binary, '..', `build-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  cpSync(manifest, join(work, 'manifest.yaml'));
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
