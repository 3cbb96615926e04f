/**
 * Bytes that are no OTLP message we can take. The message says where: a JSON path, or a byte offset.
 *
 * `malformed`: they never will be. `too_many`: more records than one unit of work should hold; the sender may
 * split the request.
 */
export class OtlpError extends Error {
  override readonly name = 'OtlpError';
  readonly kind: 'malformed' | 'too_many';

  constructor(message: string, kind: OtlpError['kind'] = 'malformed') {
    super(message);
    this.kind = kind;
  }
}
