import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildCollector, collectorBinary } from './collector-binary.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the Collector's binary. */
    collector: string;
    /** Why there is none; empty if there is. */
    missing: string;
  }
}

const manifest = fileURLToPath(new URL('manifest.yaml', import.meta.url));

/** Run once by vitest before the tests: builds the Collector, or takes the one that an earlier run has built. */
export function setup(project: TestProject): void {
  const hasGo = spawnSync('go', ['version']).status === 0;
  const binary = collectorBinary(manifest);
  if (!existsSync(binary) && hasGo) {
    console.log(`building an OpenTelemetry Collector as ${binary}; this takes some minutes, once`);
    buildCollector(manifest);
  }
  const missing = existsSync(binary) ? '' : 'Go is not installed, and no Collector was built before';
  // Where a machine decides, a suite that tests nothing may not look green.
  if (missing !== '' && process.env['CI'] === 'true') throw new Error(missing);
  if (missing !== '') console.warn(`the interop tests are skipped: ${missing}`);
  project.provide('collector', binary);
  project.provide('missing', missing);
}
