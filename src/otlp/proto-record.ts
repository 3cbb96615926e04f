import type { LogRecord, Resource, Scope } from '../record/record.ts';
import type { Value } from '../record/value.ts';
import { knownTime, severity } from './integer.ts';
import { OtlpError } from './otlp-error.ts';
import type { ProtoReader } from './proto-reader.ts';
import { ProtoAttributes, protoValue } from './proto-value.ts';

/** A LogRecord (opentelemetry-proto, logs.proto). */
export function protoRecord(reader: ProtoReader, resource: Resource, scope: Scope): LogRecord {
  const attributes = new ProtoAttributes();
  const read: Fields = { ...empty };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 6) attributes.add(reader.message());
    else readField(reader, field, read);
  }
  return { ...read, attributes: attributes.read(), resource, scope };
}

/** The fields of a record that are not repeated. */
type Fields = {
  -readonly [Key in Exclude<keyof LogRecord, 'attributes' | 'resource' | 'scope'>]: LogRecord[Key];
};

const empty: Readonly<Fields> = {
  time: undefined,
  observedTime: 0n,
  severityNumber: 0,
  severityText: '',
  eventName: '',
  body: null satisfies Value,
  traceId: '',
  spanId: '',
  flags: 0,
};

function readField(reader: ProtoReader, field: number, read: Fields): void {
  switch (field) {
    case 1:
      read.time = knownTime(reader.fixed64());
      return;
    case 2:
      read.severityNumber = severity(reader.int64());
      return;
    case 3:
      read.severityText = reader.text();
      return;
    case 5:
      read.body = protoValue(reader.message());
      return;
    case 8:
      read.flags = reader.fixed32();
      return;
    case 9:
      read.traceId = id(reader, 16, 'trace id');
      return;
    case 10:
      read.spanId = id(reader, 8, 'span id');
      return;
    case 11:
      read.observedTime = reader.fixed64();
      return;
    case 12:
      read.eventName = reader.text();
      return;
    default:
      reader.skip();
  }
}

function id(reader: ProtoReader, length: number, name: string): string {
  const bytes = reader.bytes();
  if (bytes.length === 0 || bytes.length === length) return Buffer.from(bytes).toString('hex');
  throw new OtlpError(`${reader.place}: a ${name} has ${length} bytes, this one ${bytes.length}`);
}
