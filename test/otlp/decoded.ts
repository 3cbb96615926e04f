import { decode } from '../../src/otlp/decode.ts';
import type { Encoding } from '../../src/otlp/encoding.ts';
import type { LogRecord } from '../../src/record/record.ts';

/** What `decode` answers, with every record read. */
export const decoded = (bytes: Uint8Array, encoding: Encoding): readonly (readonly LogRecord[])[] =>
  decode(bytes, encoding).map((records) =>
    Array.from({ length: records.size }, (_, index) => records.record(index)),
  );
