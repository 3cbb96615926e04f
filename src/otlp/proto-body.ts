import { isUtf8 } from 'node:buffer';
import type { Value } from '../record/value.ts';
import type { ProtoReader } from './proto-reader.ts';
import { fieldValue } from './proto-value.ts';

/** The body of a record: text in valid UTF-8 that nobody has read, or a value. */
export interface Body {
  /** Null if `text` is the body. */
  readonly value: Value;
  /** A view of the request. */
  readonly text: Uint8Array | undefined;
}

export const noBody: Body = { value: null, text: undefined };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The AnyValue of a body; null if none of its fields is set, the last if several are. */
export function protoBody(reader: ProtoReader): Body {
  let body = noBody;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    body = field === 1 ? textBody(reader.bytes()) : valueBody(fieldValue(reader, field, 0), body);
  }
  return body;
}

/** The body, read. */
export const bodyValue = ({ value, text }: Body): Value =>
  text === undefined ? value : decoder.decode(text);

/** Invalid UTF-8 becomes U+FFFD. */
const textBody = (text: Uint8Array): Body =>
  isUtf8(text) ? { value: null, text } : { value: decoder.decode(text), text: undefined };

const valueBody = (value: Value | undefined, before: Body): Body =>
  value === undefined ? before : { value, text: undefined };
