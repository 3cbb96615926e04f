import { parseJson } from '../record/json.ts';
import { encodingOf, type Encoding } from './encoding.ts';
import { JsonNode } from './json-node.ts';
import { OtlpError } from './otlp-error.ts';
import { ProtoReader } from './proto-reader.ts';
import { varint } from './varint.ts';

/** The codes of google.rpc.Status that we answer with (googleapis, google/rpc/code.proto). */
export const statusCodes = {
  invalidArgument: 3,
  notFound: 5,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
};

/** The body of an answer that refuses (spec/collector.md §4.5): a google.rpc.Status. */
export function encodeStatus(code: number, message: string, encoding: Encoding): Uint8Array {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  const text = Buffer.from(message);
  return Buffer.concat([Buffer.from([0x08, code, 0x12, ...varint(text.length)]), text]);
}

/** The message of the Status in `body`; undefined if there is none. */
export function statusMessage(body: Uint8Array, contentType: string | undefined): string | undefined {
  const encoding = encodingOf(contentType);
  if (encoding === undefined) return undefined;
  try {
    return (encoding === 'json' ? jsonMessage(body) : protoMessage(body)) || undefined;
  } catch (error) {
    // Backends answer with whatever a proxy in front of them says.
    if (error instanceof OtlpError) return undefined;
    throw error;
  }
}

function jsonMessage(body: Uint8Array): string | undefined {
  const status = parseJson(body);
  return status === undefined ? undefined : new JsonNode(status).field('message')?.text();
}

function protoMessage(body: Uint8Array): string | undefined {
  const reader = new ProtoReader(body);
  let message: string | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) message = reader.text();
    else reader.skip();
  }
  return message;
}
