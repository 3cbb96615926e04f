import { compilePredicate } from './operators/predicate.ts';
import { isMetadata } from './operators/row.ts';
import type { FieldRef } from './plan/field.ts';
import { Scanner } from './scan/scanner.ts';
import type { ScannerMaker } from './scanner.ts';

/** Makes the scanner of `scan/`, for expressions as operators understand them; none where it cannot run. */
export const lineScanner = ((plans) =>
  Scanner.create(plans, { testsOf: compilePredicate, sourceOf })) satisfies ScannerMaker;

function sourceOf({ name, arrays }: FieldRef): 'event' | 'line' | 'elsewhere' {
  if (arrays === 'hidden' || !isMetadata(name)) return 'event';
  return name === '_raw' ? 'line' : 'elsewhere';
}
