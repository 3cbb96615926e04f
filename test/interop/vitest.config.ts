import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    // The Collector and Helm are compiled before the first test, once; that takes minutes.
    globalSetup: ['test/interop/build-collector.ts', 'test/interop/build-helm.ts'],
    testTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/interop.json' }]],
  },
});
