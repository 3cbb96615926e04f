import type { Entry, Node } from './node.ts';

/**
 * `left` as `right` changes it (spec/collector.md §1.3): maps are joined, key by key; everything else, null too,
 * is replaced. A key stays where it was first written, which is where its component's directory comes from.
 */
export function merge(left: Node, right: Node): Node {
  if (left.kind !== 'map' || right.kind !== 'map') return right;
  const entries = new Map<string, Entry>(left.entries);
  for (const [key, entry] of right.entries) {
    const before = entries.get(key);
    entries.set(key, before === undefined ? entry : mergeEntry(before, entry));
  }
  return { ...left, text: undefined, entries };
}

function mergeEntry(left: Entry, right: Entry): Entry {
  const value = merge(left.value, right.value);
  return value === right.value ? right : { place: left.place, value };
}
