/** Bytes before a message: whether it is packed, and its length. */
export const prefixBytes = 5;

/** A message as gRPC puts it on the wire ("gRPC over HTTP2", Length-Prefixed-Message). */
export function framed(message: Uint8Array, packed: boolean): Buffer {
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt8(packed ? 1 : 0, 0);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** The one message that `bytes` are; undefined if they are less, or more, than one. */
export function unframed(bytes: Buffer): { readonly message: Buffer; readonly packed: boolean } | undefined {
  if (bytes.length < prefixBytes || bytes.readUInt8(0) > 1) return undefined;
  if (bytes.readUInt32BE(1) !== bytes.length - prefixBytes) return undefined;
  return { message: bytes.subarray(prefixBytes), packed: bytes.readUInt8(0) === 1 };
}
