import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildCollector, collectorBinary } from '../../interop/collector-binary.ts';
import { versioned } from './on-path.ts';
import type { Yardstick } from './yardstick.ts';

const manifest = resolve('test/bench/yardsticks/collector-manifest.yaml');

/** A real OpenTelemetry Collector. */
export const collector: Yardstick = {
  name: 'OpenTelemetry Collector',
  recipe: 'install Go',
  find() {
    const path = collectorBinary(manifest);
    return existsSync(path) ? versioned(path) : undefined;
  },
  build: { takes: 'minutes', run: () => buildCollector(manifest) },
};
