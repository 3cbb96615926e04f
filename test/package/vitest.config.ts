import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/package/**/*.test.ts'],
    // The package is made and installed once, before the first test, and so is a newer Node.
    globalSetup: ['test/package/install-package.ts', 'test/package/newer-node.ts'],
    testTimeout: 60_000,
    // What was carried out of the Dockerfile takes long to delete.
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/reports/package.json' }]],
  },
});
