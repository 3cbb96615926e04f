import { OtlpError } from './otlp-error.ts';

/** Lists and maps inside one another in one value; what lies deeper is refused, as it would cost us the stack. */
const maxDepth = 128;

/** Records in one request. An empty record is two bytes, so a limit of bytes alone would not bound memory. */
const maxRecords = 100_000;

/** Throws if a value `depth` levels inside another is too deep; `where` begins the message. */
export function checkDepth(depth: number, where: () => string): void {
  if (depth > maxDepth) throw new OtlpError(`${where()}: values are nested more than ${maxDepth} deep`);
}

/** Throws if a request holds too many records to be taken at once. */
export function checkCount(records: number): void {
  if (records <= maxRecords) return;
  throw new OtlpError(`the request has more than ${maxRecords} records; send it in parts`, 'too_many');
}
