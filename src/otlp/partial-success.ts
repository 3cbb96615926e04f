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

/**
 * True if what came of an answer that `readPartialSuccess` cannot read begins like one that rejects records. Then it
 * is safer to believe it: those records may not be sent again (spec/reliability.md §2.3 W21).
 */
export function beginsPartial(prefix: Uint8Array, encoding: Encoding): boolean {
  if (encoding === 'json') {
    const text = Buffer.from(prefix).toString();
    const count = /^\s*\{\s*"partialSuccess"\s*:\s*\{(?:[^{}]*"rejectedLogRecords"\s*:\s*"?(\d+))?/.exec(
      text,
    );
    return count !== null && (count[1] === undefined || Number(count[1]) > 0);
  }
  // Field 1 of the response, its length, then field 1 of the partial success: a count, which is never written as 0.
  const [tag, ...rest] = prefix.subarray(0, 12);
  const end = rest.findIndex((byte) => byte < 128);
  return tag === 0x0a && end !== -1 && rest[end + 1] === 0x08 && rest[end + 2] !== 0;
}

function fromJson(body: Uint8Array): PartialSuccess {
  const response = parseJson(body);
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
