import type { Encoding } from './encoding.ts';
import { OtlpError } from './otlp-error.ts';
import { beginsPartial, readPartialSuccess } from './partial-success.ts';

/** What the answer to a request that was taken says of its records; `said` is the backend's text. */
export type Taken =
  | { readonly kind: 'all' }
  | { readonly kind: 'warned'; readonly said: string }
  /** So many were not taken, and may not be sent again (spec/collector.md §4.5). */
  | { readonly kind: 'partial'; readonly rejected: string; readonly said: string }
  /** It is no ExportLogsServiceResponse; the records count as taken. */
  | { readonly kind: 'unknown' };

/** Reads the answer to a request that was taken, as far as it came. */
export function readTaken(body: Uint8Array, encoding: Encoding): Taken {
  try {
    const partial = readPartialSuccess(body, encoding);
    if (partial === undefined) return { kind: 'all' };
    const { rejected, message: said } = partial;
    return rejected > 0n ? { kind: 'partial', rejected: `${rejected}`, said } : { kind: 'warned', said };
  } catch (error) {
    if (!(error instanceof OtlpError)) throw error;
    if (!beginsPartial(body, encoding)) return { kind: 'unknown' };
    return { kind: 'partial', rejected: 'some', said: 'its answer is too long or broken off' };
  }
}
