import { defineConfig } from 'vitest/config';
import { FaultTable } from './fault-table.ts';
import { LongestFirst } from '../longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts'],
    // Two lanes, whatever the machine has: the tests' own pace is part of what they test.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', ['json', { outputFile: '.cache/reports/chaos.json' }], new FaultTable()],
  },
});
