import type { Attributes, Value } from '../record/value.ts';

/** UTF-16 code units that one text of an event may bring into a record. */
const maxText = 1_024;
/** Entries that one list of an event may bring into a record. */
const maxItems = 64;

/** Names the attributes of a record that were cut. Unlike a mark inside a text, an event cannot forge it. */
const cutAttribute = 'riskpipe.cut';

/**
 * `attributes` with every text and list of bounded size, whatever an attacker wrote (design §8): the very same object
 * if nothing of it had to be cut. What was cut is named in the list attribute `riskpipe.cut`, together with what that
 * attribute named before.
 */
export function bounded(attributes: Attributes, alreadyCut: readonly string[] = []): Attributes {
  if (alreadyCut.length === 0 && !isCut(attributes) && isShort(attributes)) return attributes;
  const before = attributes[cutAttribute];
  const names = new Set<string>(alreadyCut);
  for (const name of Array.isArray(before) ? before : []) names.add(String(name));
  const kept: [string, Value][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (name === cutAttribute) continue;
    const short = cutValue(value);
    if (short !== value) names.add(name);
    kept.push([name, short]);
  }
  if (names.size > 0) kept.push([cutAttribute, [...names].sort()]);
  return Object.fromEntries(kept);
}

/** True if `bounded` has cut something of the attributes. */
export const isCut = (attributes: Attributes): boolean => attributes[cutAttribute] !== undefined;

/** True if nothing of them has to be cut, as nearly always. */
function isShort(attributes: Attributes): boolean {
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined && cutValue(value) !== value) return false;
  }
  return true;
}

/** The beginning of `text`; never half a surrogate pair. The text itself if it is short enough. */
export function cutText(text: string): string {
  if (text.length <= maxText) return text;
  const last = text.charCodeAt(maxText - 1);
  const splits = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splits ? maxText - 1 : maxText);
}

/** The value itself, the very same object, if nothing of it had to be cut. */
function cutValue(value: Value): Value {
  if (typeof value === 'string') return cutText(value);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (isList(value)) {
    const fits = value.length <= maxItems && value.every((item) => cutValue(item) === item);
    return fits ? value : bothEnds(value).map(cutValue);
  }
  if (isShort(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cutValue(item)]));
}

// The end must survive as well: of a chain of addresses only the last one is not the client's to choose.
function bothEnds(list: readonly Value[]): readonly Value[] {
  if (list.length <= maxItems) return list;
  return [...list.slice(0, maxItems / 2), ...list.slice(-maxItems / 2)];
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
