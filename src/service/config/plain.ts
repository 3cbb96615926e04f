import type { Node } from './node.ts';
import type { Path } from './path.ts';

/**
 * How a value is read that the schema does not take as it stands: a substituted value as the `text` that it was;
 * anything in a map as `absent`, not there.
 */
export type Reading = 'text' | 'absent';

/** Readings by the `keyOf` the path of their value. */
export type Readings = ReadonlyMap<string, Reading>;

export function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** The node as objects, lists and scalars. */
export function toPlain(node: Node, readings: Readings = new Map(), path: Path = []): unknown {
  if (node.text !== undefined && readings.get(keyOf(path)) === 'text') return node.text;
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map((item, index) => toPlain(item, readings, [...path, index]));
    case 'map':
      return Object.fromEntries(
        [...node.entries]
          .filter(([key]) => readings.get(keyOf([...path, key])) !== 'absent')
          .map(([key, { value }]) => [key, toPlain(value, readings, [...path, key])]),
      );
  }
}

/** The plain value at `path` of one; undefined if there is none. */
export function plainAt(value: unknown, path: Path): unknown {
  let found: unknown = value;
  for (const part of path) {
    if (found === null || typeof found !== 'object') return undefined;
    found = Object.hasOwn(found, part) ? Reflect.get(found, part) : undefined;
  }
  return found;
}
