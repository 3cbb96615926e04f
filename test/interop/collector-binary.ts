import { createHash } from 'node:crypto';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTool, cachedTool, run } from './cached-tool.ts';

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
  return cachedTool(`collector-${hash}`, 'otelcol');
}

/** Fetches and compiles it; throws with the tool's last words if that fails. Nothing half-built is left in its place. */
export const buildCollector = (manifest: string): void =>
  buildTool(collectorBinary(manifest), (work) => build(manifest, work));

function build(manifest: string, work: string): void {
  const whole = readFileSync(manifest, 'utf8');
  writeFileSync(join(work, 'whole.yaml'), whole);
  const added = older.filter((module) => whole.includes(module));
  const plain = added.reduce((text, module) => text.replace(`  - gomod: ${module}\n`, ''), whole);
  writeFileSync(join(work, 'plain.yaml'), plain);
  const source = join(work, 'source');
  const modules = ['go.mod', 'go.sum'];
  const options = { cwd: work, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOBIN: work } };
  const inSource = { ...options, cwd: source };
  run('go', ['install', '-trimpath', builder], options);
  run(join(work, 'builder'), ['--config', 'plain.yaml', '--skip-compilation'], options);
  for (const name of modules) cpSync(join(source, name), join(work, name));
  run(join(work, 'builder'), ['--config', 'whole.yaml', '--skip-get-modules', '--skip-compilation'], options);
  for (const name of modules) cpSync(join(work, name), join(source, name));
  for (const module of added) run('go', ['get', module.replace(' ', '@')], inSource);
  run('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', 'built', '.'], inSource);
  renameSync(join(source, 'built'), collectorBinary(manifest));
}
