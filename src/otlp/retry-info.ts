import { ProtoReader } from './proto-reader.ts';
import { encodeStatus } from './status.ts';
import { varint } from './varint.ts';

const type = 'type.googleapis.com/google.rpc.RetryInfo';

/** A google.rpc.Status, in protobuf, that asks the sender to try again after so many whole seconds. */
export function encodeRetryStatus(code: number, message: string, seconds: number): Uint8Array {
  const delay = Uint8Array.of(0x08, ...varint(seconds));
  const any = Buffer.concat([field(1, Buffer.from(type)), field(2, field(1, delay))]);
  return Buffer.concat([encodeStatus(code, message, 'proto'), field(3, any)]);
}

/**
 * The milliseconds that the RetryInfo in a google.rpc.Status, in protobuf, asks for, not below 0; undefined if there
 * is none. Throws `OtlpError` if the bytes are no such message.
 */
export function retryDelayMs(status: Uint8Array): number | undefined {
  const reader = new ProtoReader(status);
  let delay: number | undefined;
  for (let found = reader.next(); found !== 0; found = reader.next()) {
    if (found === 3) delay = delayOfDetail(reader.message()) ?? delay;
    else reader.skip();
  }
  return delay;
}

/** A google.protobuf.Any; what it is of another type says nothing of when to try again. */
function delayOfDetail(reader: ProtoReader): number | undefined {
  let name = '';
  let value: Uint8Array = new Uint8Array();
  for (let found = reader.next(); found !== 0; found = reader.next()) {
    if (found === 1) name = reader.text();
    else if (found === 2) value = reader.bytes();
    else reader.skip();
  }
  return name === type ? delayOfRetryInfo(new ProtoReader(value)) : undefined;
}

function delayOfRetryInfo(reader: ProtoReader): number {
  let delay = 0;
  for (let found = reader.next(); found !== 0; found = reader.next()) {
    if (found === 1) delay = milliseconds(reader.message());
    else reader.skip();
  }
  return delay;
}

/** A google.protobuf.Duration. */
function milliseconds(reader: ProtoReader): number {
  let total = 0;
  for (let found = reader.next(); found !== 0; found = reader.next()) {
    if (found === 1) total += Number(reader.int64()) * 1_000;
    else if (found === 2) total += Math.ceil(Number(reader.int64()) / 1e6);
    else reader.skip();
  }
  return Math.max(0, total);
}

function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of((number << 3) | 2, ...varint(bytes.length)), bytes]);
}
