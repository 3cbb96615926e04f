import { OtlpError } from './otlp-error.ts';

/** Lists and maps inside one another in one value; what lies deeper is refused, as it would cost us the stack. */
const maxDepth = 128;

/** Records in one request. An empty record is two bytes, so a limit of bytes alone would not bound memory. */
const maxRecords = 100_000;

/** Values in one JSON text: parsed, each takes many times its bytes. A request of 20 MiB has some 1.4 million. */
const maxValues = 2_000_000;

/** Throws if a value `depth` levels inside another is too deep; `where` begins the message. */
export function checkDepth(depth: number, where: () => string): void {
  if (depth > maxDepth) throw new OtlpError(`${where()}: values are nested more than ${maxDepth} deep`);
}

/** Throws if a request holds too many records to be taken at once. */
export function checkCount(records: number): void {
  if (records <= maxRecords) return;
  throw new OtlpError(`the request has more than ${maxRecords} records; send it in parts`, 'too_many');
}

/** Throws if `json` would be parsed into more values than memory should hold. Looks at bytes only, not at syntax. */
export function checkValues(json: Uint8Array): void {
  if (json.length <= maxValues) return;
  let values = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) quoted = !quoted;
    else if (byte === backslash) at++;
    else if (!quoted && (byte === brace || byte === bracket || byte === comma)) values++;
  }
  if (values <= maxValues) return;
  throw new OtlpError(`the request has more than ${maxValues} values; send it in parts`, 'too_many');
}

const [quote, comma, bracket, backslash, brace] = Buffer.from('",[\\{');
