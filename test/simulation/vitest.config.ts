import { defineConfig } from 'vitest/config';

/** The simulation alone, at the size that its knobs say. */
export default defineConfig({
  test: {
    include: ['test/simulation/**/*.test.ts'],
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: '.cache/reports/simulation.json' }]],
  },
});
