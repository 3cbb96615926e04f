import { OtlpError } from './otlp-error.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const wireTypes: Readonly<Record<number, string>> = {
  0: 'a varint',
  1: '8 bytes',
  2: 'a length and bytes',
  5: '4 bytes',
};

/**
 * Walks over the fields of one protobuf message (protobuf.dev, "Encoding"): `next` moves to a field, then one
 * reading method, or `skip`, reads it. Each throws `OtlpError` where the bytes end early or are of another wire
 * type than asked for. Reads no byte twice and copies none but those of texts.
 */
export class ProtoReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #start: number;
  readonly #end: number;
  #at: number;
  #field = 0;
  #wireType = 0;

  /** Reads the message from `start` to `end` in the request `bytes`, of which `view` is a view. */
  constructor(bytes: Uint8Array, view = viewOf(bytes), start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = view;
    this.#start = start;
    this.#end = end;
    this.#at = start;
  }

  /** A reader of the same message, from its beginning. */
  get anew(): ProtoReader {
    return new ProtoReader(this.#bytes, this.#view, this.#start, this.#end);
  }

  /** Where in the request we are: such as `byte 12`. */
  get place(): string {
    return `byte ${this.#at}`;
  }

  /** Moves to the next field and returns its number; 0 at the end of the message. */
  next(): number {
    if (this.#at === this.#end) return 0;
    const tag = this.#uint32();
    this.#field = tag >>> 3;
    this.#wireType = tag & 7;
    if (this.#field === 0) this.#fail('0 is no field number');
    return this.#field;
  }

  /** A varint as a signed 64-bit integer. */
  int64(): bigint {
    this.#expect(0);
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
    return this.#fail('a varint has more than 10 bytes');
  }

  fixed64(): bigint {
    this.#expect(1);
    return this.#view.getBigUint64(this.#take(8), true);
  }

  double(): number {
    this.#expect(1);
    return this.#view.getFloat64(this.#take(8), true);
  }

  fixed32(): number {
    this.#expect(5);
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A view into the request, not a copy. */
  bytes(): Uint8Array {
    const from = this.#delimited();
    return this.#bytes.subarray(from, this.#at);
  }

  /** Invalid UTF-8 becomes U+FFFD. */
  text(): string {
    return decoder.decode(this.bytes());
  }

  message(): ProtoReader {
    const from = this.#delimited();
    return new ProtoReader(this.#bytes, this.#view, from, this.#at);
  }

  /** Passes over a field that means nothing to us. */
  skip(): void {
    switch (this.#wireType) {
      case 0:
        this.int64();
        return;
      case 1:
        this.#take(8);
        return;
      case 2:
        this.#delimited();
        return;
      case 5:
        this.#take(4);
        return;
      default:
        this.#fail(`field ${this.#field} has wire type ${this.#wireType}, which OTLP does not use`);
    }
  }

  /** Where a length-delimited field starts, having passed over it. */
  #delimited(): number {
    this.#expect(2);
    return this.#take(this.#uint32());
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) this.#fail(`field ${this.#field} is not ${wireTypes[wireType]}`);
  }

  /** The varint of a tag or a length. */
  #uint32(): number {
    let value = 0;
    for (let place = 1; place <= 2 ** 28; place *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * place;
      if (byte < 128) return value < 2 ** 32 ? value : this.#fail('a tag or length is above 32 bits');
    }
    return this.#fail('a tag or length has more than 5 bytes');
  }

  #byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** Where the next `length` bytes start, having passed over them. */
  #take(length: number): number {
    const from = this.#at;
    const left = this.#end - from;
    if (length > left)
      this.#fail(`the message ends early: ${length} bytes were announced, ${left} are there`);
    this.#at += length;
    return from;
  }

  #fail(what: string): never {
    throw new OtlpError(`${this.place}: ${what}`);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
