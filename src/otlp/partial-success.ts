import { parseJson } from '../record/json.ts';
import type { Encoding } from './encoding.ts';
import { JsonNode } from './json-node.ts';
import { OtlpError } from './otlp-error.ts';
import { ProtoReader } from './proto-reader.ts';

/** What a backend says of a request it took: records it did not want, or a warning (then `rejected` is 0). */
export interface PartialSuccess {
  readonly rejected: bigint;
  readonly message: string;
}

const int64 = 2n ** 63n;

/**
 * Reads an ExportLogsServiceResponse. Undefined if all is well, as it is with an empty body. Throws `OtlpError`
 * if `body` is something else. Our own reader: that of otlp-transformer passes over JSON that is broken.
 */
export function readPartialSuccess(body: Uint8Array, encoding: Encoding): PartialSuccess | undefined {
  if (body.length === 0) return undefined;
  const partial = encoding === 'json' ? fromJson(body) : fromProto(new ProtoReader(body));
  return partial.rejected === 0n && partial.message === '' ? undefined : partial;
}

function fromJson(body: Uint8Array): PartialSuccess {
  const response = parseJson(Buffer.from(body).toString());
  if (response === undefined) throw new OtlpError('the answer is not valid JSON');
  const partial = new JsonNode(response).field('partialSuccess');
  return {
    rejected: partial?.field('rejectedLogRecords')?.integer(-int64, int64 - 1n) ?? 0n,
    message: partial?.field('errorMessage')?.text() ?? '',
  };
}

function fromProto(reader: ProtoReader): PartialSuccess {
  let partial: PartialSuccess = { rejected: 0n, message: '' };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) partial = partialFields(reader.message());
    else reader.skip();
  }
  return partial;
}

function partialFields(reader: ProtoReader): PartialSuccess {
  let rejected = 0n;
  let message = '';
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) rejected = reader.int64();
    else if (field === 2) message = reader.text();
    else reader.skip();
  }
  return { rejected, message };
}
