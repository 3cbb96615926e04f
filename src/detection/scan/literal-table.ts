import {
  literalFirst,
  literalFold,
  literalLength,
  literalSecond,
  literalSize,
  literalText,
} from './layout.ts';
import { foldsOf } from './matcher-table.ts';
import type { TableWriter } from './table-writer.ts';

/** How often each byte occurs in a sample. */
export type ByteCounts = Uint32Array;

export function countBytes(sample: Uint8Array): ByteCounts {
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts;
}

/** Writes a literal as the kernel reads it; returns its address. `text` is ASCII, in lower case, of two or more. */
export function writeLiteral(writer: TableWriter, text: string): number {
  const bytes = new TextEncoder().encode(text);
  const at = writer.room(literalSize);
  writer.put(at + literalLength, bytes.length);
  writer.put(at + literalText, writer.bytes(bytes));
  writer.put(at + literalFold, writer.bytes(foldsOf(bytes)));
  writer.put(at + literalSecond, 1);
  return at;
}

/** Makes the kernel look for the two bytes of the literal that are rarest together. */
export function chooseBytes(writer: TableWriter, at: number, text: string, counts: ByteCounts): void {
  const often = (index: number): number => {
    const byte = text.charCodeAt(index);
    return (counts[byte] ?? 0) + (isLetter(byte) ? (counts[byte - 32] ?? 0) : 0) + 1;
  };
  const indices = Array.from(text, (_, index) => index).sort((a, b) => often(a) - often(b) || a - b);
  const [first = 0, ...others] = indices;
  // The same byte twice says less than two of them.
  const second = others.find((index) => text[index] !== text[first]) ?? others[0] ?? first;
  writer.put(at + literalFirst, first);
  writer.put(at + literalSecond, second);
}

const isLetter = (byte: number): boolean => byte >= 97 && byte <= 122;
