import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/chaos/**', 'test/package/**'],
    // By default one core is left alone: on two cores that leaves one, which the killing test has for a minute.
    maxWorkers: Math.max(2, availableParallelism()),
    // Modules are loaded once a worker, not once a file: that was a third of the time.
    isolate: false,
    testTimeout: 20_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/test.json' }]],
  },
});
