import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    // The programs of others are compiled before the first test, once; that takes minutes.
    globalSetup: ['collector', 'helm', 'promtool'].map((name) => `test/interop/build-${name}.ts`),
    testTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/interop.json' }]],
  },
});
