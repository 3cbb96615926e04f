import type { Attributes, Value } from '../record/value.ts';
import { narrowed } from './integer.ts';
import { checkDepth } from './limits.ts';
import type { ProtoReader } from './proto-reader.ts';

/** An AnyValue (opentelemetry-proto, common.proto); null if none of its fields is set, the last if several are. */
export function protoValue(reader: ProtoReader, depth = 0): Value {
  checkDepth(depth, () => reader.place);
  let value: Value = null;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        value = reader.text();
        break;
      case 2:
        value = reader.int64() !== 0n;
        break;
      case 3:
        value = narrowed(reader.int64());
        break;
      case 4:
        value = reader.double();
        break;
      case 5:
        value = list(reader.message(), depth + 1);
        break;
      case 6:
        value = map(reader.message(), depth + 1);
        break;
      case 7:
        // A copy: the request's memory is let go, or used again.
        value = Uint8Array.from(reader.bytes());
        break;
      default:
        reader.skip();
    }
  }
  return value;
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
