import type { Attributes, Value } from '../record/value.ts';

/** UTF-16 code units that one text of an event may bring into a record. */
const maxText = 1_024;
/** Entries that one list of an event may bring into a record. */
const maxItems = 64;

/** Names the attributes of a record that were cut. Unlike a mark inside a text, an event cannot forge it. */
const cutAttribute = 'riskpipe.cut';

/**
 * `attributes` with every text and list of bounded size, whatever an attacker wrote (design §8). What was cut is
 * named in the list attribute `riskpipe.cut`, together with what that attribute named before.
 */
export function bounded(attributes: Attributes, alreadyCut: readonly string[] = []): Attributes {
  const { [cutAttribute]: before, ...rest } = attributes;
  const names = new Set<string>(alreadyCut);
  for (const name of Array.isArray(before) ? before : []) names.add(String(name));
  const kept = Object.entries(rest).map(([name, value]) => {
    const short = cutValue(value);
    if (short !== value) names.add(name);
    return [name, short] as const;
  });
  const shortened = Object.fromEntries(kept);
  return names.size === 0 ? shortened : { ...shortened, [cutAttribute]: [...names].sort() };
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
    const items = bothEnds(value).map(cutValue);
    return items.length === value.length && items.every((item, at) => item === value[at]) ? value : items;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, item, cutValue(item)] as const);
  if (entries.every(([, item, short]) => item === short)) return value;
  return Object.fromEntries(entries.map(([key, , short]) => [key, short]));
}

// The end must survive as well: of a chain of addresses only the last one is not the client's to choose.
function bothEnds(list: readonly Value[]): readonly Value[] {
  if (list.length <= maxItems) return list;
  return [...list.slice(0, maxItems / 2), ...list.slice(-maxItems / 2)];
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
