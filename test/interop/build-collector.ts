import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { missingTool } from './cached-tool.ts';
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
  const binary = collectorBinary(manifest);
  project.provide(
    'missing',
    missingTool(binary, () => buildCollector(manifest)),
  );
  project.provide('collector', binary);
}
