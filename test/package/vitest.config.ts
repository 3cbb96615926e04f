import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/package/**/*.test.ts'],
    // The package is made and installed once, before the first test.
    globalSetup: ['test/package/install-package.ts'],
    testTimeout: 60_000,
    // What was carried out of the Dockerfile takes long to delete.
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/package.json' }]],
  },
});
