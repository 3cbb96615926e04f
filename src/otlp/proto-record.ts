import type { LogRecord } from '../record/record.ts';
import type { Attributes } from '../record/value.ts';
import { knownTime, severity } from './integer.ts';
import { OtlpError } from './otlp-error.ts';
import type { ProtoReader } from './proto-reader.ts';
import { bodyValue, noBody, protoBody, type Body } from './proto-body.ts';
import { ProtoAttributes } from './proto-value.ts';
import type { RecordReading } from './request-records.ts';

/** Reads LogRecords (opentelemetry-proto, logs.proto). */
export const protoReading: RecordReading<ProtoReader> = {
  check(reader) {
    const { eventName, body } = read(reader.anew).fields;
    return { eventName, text: body.text };
  },
  read(reader, resource, scope): LogRecord {
    const { fields, attributes } = read(reader.anew);
    return { ...fields, body: bodyValue(fields.body), attributes, resource, scope };
  },
};

function read(reader: ProtoReader): { readonly fields: Fields; readonly attributes: Attributes } {
  const attributes = new ProtoAttributes();
  const fields: Fields = { ...empty };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 6) attributes.add(reader.message());
    else readField(reader, field, fields);
  }
  return { fields, attributes: attributes.read() };
}

/** The fields of a record that are not repeated. */
type Fields = {
  -readonly [Key in Exclude<keyof LogRecord, 'attributes' | 'body' | 'resource' | 'scope'>]: LogRecord[Key];
} & { body: Body };

const empty: Readonly<Fields> = {
  time: undefined,
  observedTime: 0n,
  severityNumber: 0,
  severityText: '',
  eventName: '',
  body: noBody,
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
      read.body = protoBody(reader.message());
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
