/**
 * A key stands at the beginning, or behind a blank or one of `,;([{|&`. Its value is what stands in double quotes, or
 * goes to the next blank or one of `,;()[]{}|&"`. No part of it can go back over what another part has read.
 */
const pair = /(?<![^\s,;([{|&])([A-Za-z_][\w.:-]*)=(?:"([^"]+)"|([^\s,;()[\]{}|&"]+))/g;

/**
 * The fields of a plain text line such as `A shell was spawned (user=root shell="/bin/sh -c")`, by automatic key=value
 * extraction (spec/spl.md §9): of equal keys the first counts, an empty value gives no field. Names keep their dots,
 * dashes and colons; a backslash is a character like any other, so a quoted value ends at the next quote.
 *
 * In the order of the text, and no more of them than its length allows.
 */
export function keyValues(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, key = '', quoted, plain = ''] of text.matchAll(pair)) {
    if (!found.has(key)) found.set(key, quoted ?? plain);
  }
  return found;
}
