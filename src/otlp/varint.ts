/** A number, not below 0 and below 2^32, as protobuf writes it: seven bits in each byte, the last ones first. */
export function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
