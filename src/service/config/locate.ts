import { entriesOf, type Node, type Place } from './node.ts';

/**
 * Where the value at `path`, such as `overrides.x.allowlists[0]`, is written below `node`; the nearest thing above
 * it if it is not written at all. Keys may hold dots: the path is matched against them, not split.
 */
export function locate(node: Node, place: Place, path: string): Place {
  if (node.kind === 'list') {
    const [whole, index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const item = index === undefined ? undefined : node.items[Number(index)];
    return item === undefined || whole === undefined
      ? place
      : locate(item, item.place, path.slice(whole.length));
  }
  for (const [key, entry] of entriesOf(node)) {
    if (!path.startsWith(key) || !['', '.', '['].includes(path.charAt(key.length))) continue;
    return locate(entry.value, entry.place, path.slice(key.length).replace(/^\./, ''));
  }
  return place;
}
