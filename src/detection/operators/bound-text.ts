import { hashOf } from '../../record/hash.ts';

/** UTF-16 code units of one text that state may keep (spec/reliability.md §4 E2). */
const maxKept = 4_096;

/**
 * A text as state keeps it: itself, or its beginning and a hash of the whole, so that different texts stay different.
 * Never half a surrogate pair.
 */
export function boundText(text: string): string {
  if (text.length <= maxKept) return text;
  const last = text.charCodeAt(maxKept - 1);
  const splits = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splits ? maxKept - 1 : maxKept)}…${hashOf(text)}`;
}
