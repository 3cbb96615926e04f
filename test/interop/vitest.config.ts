import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    // The Collector is compiled before the first test, once; that takes minutes.
    globalSetup: ['test/interop/build-collector.ts'],
    testTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/interop.json' }]],
  },
});
