/** What an attribute or a body may hold: OTLP's AnyValue. A bigint is a 64-bit integer, a Uint8Array bytes. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Attributes = Readonly<Record<string, Value>>;
