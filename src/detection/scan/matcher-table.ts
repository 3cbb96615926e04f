import {
  matchedFold,
  matchedLength,
  matchedPosition,
  matchedSize,
  matchedText,
  matcherLiterals,
  matcherLiteralsEnd,
  matcherNegated,
  matcherPlans,
  matcherSize,
  positionAnywhere,
  positionEnd,
  positionStart,
  positionWhole,
} from './layout.ts';
import type { MatchedLiteral, Matcher } from './matchers.ts';
import type { PlanSet } from './plan-set.ts';
import type { TableWriter } from './table-writer.ts';

const positions = {
  whole: positionWhole,
  start: positionStart,
  end: positionEnd,
  anywhere: positionAnywhere,
} as const;

/** Writes matchers, each with the plans it is for, as the kernel reads them; returns where they begin and end. */
export function writeMatchers(
  writer: TableWriter,
  matchers: readonly (readonly [Matcher, PlanSet])[],
): { readonly begin: number; readonly end: number } {
  const begin = writer.room(matchers.length * matcherSize);
  for (const [index, [{ negated, literals }, plans]] of matchers.entries()) {
    const at = begin + index * matcherSize;
    const list = writeLiterals(writer, literals);
    writer.put(at + matcherPlans, writer.set(plans));
    writer.put(at + matcherNegated, negated ? 1 : 0);
    writer.put(at + matcherLiterals, list);
    writer.put(at + matcherLiteralsEnd, list + literals.length * matchedSize);
  }
  return { begin, end: begin + matchers.length * matcherSize };
}

function writeLiterals(writer: TableWriter, literals: readonly MatchedLiteral[]): number {
  const list = writer.room(literals.length * matchedSize);
  for (const [index, { text, fold, position }] of literals.entries()) {
    const at = list + index * matchedSize;
    const bytes = new TextEncoder().encode(text);
    writer.put(at + matchedPosition, positions[position]);
    writer.put(at + matchedLength, bytes.length);
    writer.put(at + matchedText, writer.bytes(bytes));
    writer.put(at + matchedFold, writer.bytes(fold ? foldsOf(bytes) : new Uint8Array(bytes.length)));
  }
  return list;
}

/** 0x20 where there is a letter in lower case, else 0: what makes a letter of either case equal to it. */
export const foldsOf = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte) => (byte >= 97 && byte <= 122 ? 0x20 : 0));
