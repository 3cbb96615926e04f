import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const builder = 'go.opentelemetry.io/collector/cmd/builder@v0.159.0';

/**
 * Modules of a manifest that may be older than its others: the newest whose checksums can be verified. With one the
 * builder's `go mod tidy` fails, as it asks for what only the module's tests need: they are added when the other
 * modules are there.
 */
const older = [
  'github.com/open-telemetry/opentelemetry-collector-contrib/exporter/splunkhecexporter v0.157.0',
  'github.com/open-telemetry/opentelemetry-collector-contrib/receiver/webhookeventreceiver v0.156.0',
];

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
  const whole = readFileSync(manifest, 'utf8');
  writeFileSync(join(work, 'whole.yaml'), whole);
  const added = older.filter((module) => whole.includes(module));
  const plain = added.reduce((text, module) => text.replace(`  - gomod: ${module}\n`, ''), whole);
  writeFileSync(join(work, 'plain.yaml'), plain);
  const source = join(work, 'source');
  const modules = ['go.mod', 'go.sum'];
  const options = { cwd: work, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOBIN: work } };
  try {
    run('go', ['install', '-trimpath', builder], options);
    run(join(work, 'builder'), ['--config', 'plain.yaml', '--skip-compilation'], options);
    for (const name of modules) cpSync(join(source, name), join(work, name));
    run(
      join(work, 'builder'),
      ['--config', 'whole.yaml', '--skip-get-modules', '--skip-compilation'],
      options,
    );
    for (const name of modules) cpSync(join(work, name), join(source, name));
    for (const module of added) run('go', ['get', module.replace(' ', '@')], { ...options, cwd: source });
    run('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', binary, '.'], { ...options, cwd: source });
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
