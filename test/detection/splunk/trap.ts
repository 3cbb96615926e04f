import { bothFind } from './both-find.ts';
import type { SearchCase } from './search-case.ts';

/** Registers the tests of a trap of spec/spl.md §7. */
export const trap = (number: number, what: string, cases: Readonly<Record<string, SearchCase>>): void =>
  bothFind(`trap ${number}: ${what}`, cases);
