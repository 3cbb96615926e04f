/** What the bytes of a JSON text mean (RFC 8259). */
export const ascii = {
  quote: 34,
  comma: 44,
  colon: 58,
  openList: 91,
  backslash: 92,
  closeList: 93,
  openObject: 123,
  closeObject: 125,
} as const;

/** By byte: 1 if it stands for itself in a string; those from 128 on are parts of characters. */
export const isOfString = tableOf((byte) => byte >= 32 && byte !== ascii.quote && byte !== ascii.backslash);

/** White space between tokens. */
export const isJsonBlank = (byte: number): boolean =>
  byte <= 32 && (byte === 32 || byte === 10 || byte === 13 || byte === 9);

/** A table by byte, of what holds for it. */
export function tableOf(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(holds(byte)));
}
