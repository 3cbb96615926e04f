import { describe, expect, test } from 'vitest';
import { runNaive } from './run-naive.ts';
import { runSearch } from './run-search.ts';
import { comparable, comparableRows, type SearchCase } from './search-case.ts';

/**
 * Registers tests: each case gives exactly its rows, in scheduled mode and by the naive evaluator. The rows are written
 * by hand from the specification.
 */
export function bothFind(what: string, cases: Readonly<Record<string, SearchCase>>): void {
  describe(what, () => {
    for (const [name, given] of Object.entries(cases)) {
      test(name, () => {
        expect(comparable(runSearch(given).rows)).toEqual(comparableRows(given.rows));
      });

      test(`${name}, by the naive evaluator`, () => {
        expect(comparable(runNaive(given).rows)).toEqual(comparableRows(given.rows));
      });
    }
  });
}
