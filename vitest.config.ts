import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/chaos/**', 'test/package/**'],
    // One more than cores: programs that are killed, reloaded and stopped are waited for much of the time.
    maxWorkers: availableParallelism() + 1,
    // Modules are loaded once a worker, not once a file: that was a third of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/test.json' }]],
  },
});
