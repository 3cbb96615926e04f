import type { Encoding } from './encoding.ts';
import { OtlpError } from './otlp-error.ts';
import { beginsPartial, readPartialSuccess } from './partial-success.ts';

/** What the answer to a request that was taken says of its records; `said` is the backend's text. */
export type Taken =
  | { readonly kind: 'all' }
  | { readonly kind: 'warned'; readonly said: string }
  /** `rejected`: what was not taken, as the object of a sentence (spec/collector.md §4.5). */
  | { readonly kind: 'partial'; readonly rejected: string; readonly said: string }
  /** It is no ExportLogsServiceResponse; the records count as taken. */
  | { readonly kind: 'unknown' };

/** Reads the answer to a request that was taken, as far as it came. */
export function readTaken(body: Uint8Array, encoding: Encoding): Taken {
  try {
    const partial = readPartialSuccess(body, encoding);
    if (partial === undefined) return { kind: 'all' };
    const { rejected, message: said } = partial;
    return rejected > 0n ? partialOf(`${rejected}`, said) : { kind: 'warned', said };
  } catch (error) {
    if (!(error instanceof OtlpError)) throw error;
    if (!beginsPartial(body, encoding)) return { kind: 'unknown' };
    return partialOf('some', 'its answer is too long or broken off');
  }
}

const partialOf = (count: string, said: string): Taken => ({
  kind: 'partial',
  rejected: `${count} of its records, which may not be sent again`,
  said,
});
