import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, in any suite, longest first. */
const long = [
  'kill.test.ts',
  'rotation.test.ts',
  'two-instances.test.ts',
  'full-disk.test.ts',
  'start-kill.test.ts',
  'webhook-kill.test.ts',
  'container-kill.test.ts',
  'soundness.test.ts',
  'differential.test.ts',
  'stop.test.ts',
  'reload.test.ts',
  'archives.test.ts',
];

/** Begins with the longest files, so that all lanes end at about the same time; the others as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = long.indexOf(basename(moduleId));
      return place === -1 ? long.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
