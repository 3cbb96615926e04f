/** The two ways OTLP/HTTP writes a request, by the Collector's names (spec/collector.md §4.4). */
export type Encoding = 'json' | 'proto';

/** The media type of each encoding (spec/collector.md §4.5). */
export const contentTypes: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  proto: 'application/x-protobuf',
};

/** The encoding that a `Content-Type` header names, parameters aside; undefined if it names none of ours. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === contentTypes.json) return 'json';
  return type === contentTypes.proto ? 'proto' : undefined;
}
