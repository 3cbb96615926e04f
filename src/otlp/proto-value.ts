import type { Attributes, Value } from '../record/value.ts';
import { narrowed } from './integer.ts';
import { checkDepth } from './limits.ts';
import type { ProtoReader } from './proto-reader.ts';

/** An AnyValue (opentelemetry-proto, common.proto); null if none of its fields is set, the last if several are. */
function protoValue(reader: ProtoReader, depth = 0): Value {
  checkDepth(depth, () => reader.place);
  let value: Value = null;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    value = fieldValue(reader, field, depth) ?? value;
  }
  return value;
}

/** The value of one field of an AnyValue; undefined, and passed over, if it is none that we know. */
export function fieldValue(reader: ProtoReader, field: number, depth: number): Value | undefined {
  switch (field) {
    case 1:
      return reader.text();
    case 2:
      return reader.int64() !== 0n;
    case 3:
      return narrowed(reader.int64());
    case 4:
      return reader.double();
    case 5:
      return list(reader.message(), depth + 1);
    case 6:
      return map(reader.message(), depth + 1);
    case 7:
      // A copy: the request's memory is let go, or used again.
      return Uint8Array.from(reader.bytes());
    default:
      reader.skip();
      return undefined;
  }
}

/** The KeyValues of one message, gathered while its fields are read. */
export class ProtoAttributes {
  readonly #values = new Map<string, Value>();

  /** Reads one KeyValue; the key's first value counts. */
  add(reader: ProtoReader, depth = 0): void {
    let key = '';
    let value: Value = null;
    for (let field = reader.next(); field !== 0; field = reader.next()) {
      if (field === 1) key = reader.text();
      else if (field === 2) value = protoValue(reader.message(), depth);
      else reader.skip();
    }
    if (!this.#values.has(key)) this.#values.set(key, value);
  }

  read(): Attributes {
    return Object.fromEntries(this.#values);
  }
}

function list(reader: ProtoReader, depth: number): readonly Value[] {
  const values: Value[] = [];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) values.push(protoValue(reader.message(), depth));
    else reader.skip();
  }
  return values;
}

function map(reader: ProtoReader, depth: number): Attributes {
  const attributes = new ProtoAttributes();
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) attributes.add(reader.message(), depth);
    else reader.skip();
  }
  return attributes.read();
}
