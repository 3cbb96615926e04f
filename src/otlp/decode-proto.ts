import type { ReceivedRecords } from '../record/received-records.ts';
import { noResource, noScope, type Resource, type Scope } from '../record/record.ts';
import { checkCount } from './limits.ts';
import { protoReading } from './proto-record.ts';
import { ProtoReader } from './proto-reader.ts';
import { ProtoAttributes } from './proto-value.ts';
import { RequestRecords } from './request-records.ts';

/** See `decode`. Field numbers are those of opentelemetry-proto: logs_service, logs, resource, common. */
export function decodeProto(bytes: Uint8Array): readonly ReceivedRecords[] {
  const { several } = fields(new ProtoReader(bytes), 0, 1);
  let count = 0;
  return several.map((resourceLogs) => {
    const { one, several: scopes } = fields(resourceLogs, 1, 2);
    const resource = one === undefined ? noResource : protoResource(one);
    const received = new RequestRecords(resource, protoReading);
    for (const scopeLogs of scopes) {
      const { one: scopeMessage, several: records } = fields(scopeLogs, 1, 2);
      checkCount((count += records.length));
      const scope = scopeMessage === undefined ? noScope : protoScope(scopeMessage);
      for (const record of records) received.add(record, scope);
    }
    return received;
  });
}

/** Two fields of a message: `one` may stand behind `several`, though it is needed first. 0: there is none. */
function fields(
  reader: ProtoReader,
  single: number,
  repeated: number,
): { one: ProtoReader | undefined; several: readonly ProtoReader[] } {
  let one: ProtoReader | undefined;
  const several: ProtoReader[] = [];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === repeated) {
      several.push(reader.message());
      checkCount(several.length);
    } else if (field === single) one = reader.message();
    else reader.skip();
  }
  return { one, several };
}

function protoResource(reader: ProtoReader): Resource {
  const attributes = new ProtoAttributes();
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) attributes.add(reader.message());
    else reader.skip();
  }
  return { attributes: attributes.read() };
}

function protoScope(reader: ProtoReader): Scope {
  let name = '';
  let version = '';
  const attributes = new ProtoAttributes();
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) name = reader.text();
    else if (field === 2) version = reader.text();
    else if (field === 3) attributes.add(reader.message());
    else reader.skip();
  }
  return { name, version, attributes: attributes.read() };
}
