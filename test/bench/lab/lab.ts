import type { Corpus } from '../corpus/corpus.ts';
import type { Shelf } from '../yardsticks/shelf.ts';
import type { Scratch } from './scratch.ts';

/** What a case is measured with. */
export interface Lab {
  readonly corpus: Corpus;
  readonly shelf: Shelf;
  /** Where logs and yardsticks are kept. */
  readonly cache: string;
  /** For what this case writes. */
  readonly scratch: Scratch;
  /** How long a running sidecar is watched, in milliseconds. */
  readonly watchMs: number;
}
