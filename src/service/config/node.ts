/** Where something was written; lines and columns from 1, or 0 if there are none (`--set`). */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A value of a configuration that remembers where it was written. Immutable; several parents may share one.
 *
 * `text` is what a `${...}` that made up the whole value was replaced by. The value is that text read as YAML;
 * a field that wants text gets `text` itself (spec/collector.md §1.3).
 */
export type Node = ScalarNode | ListNode | MapNode;

interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly text: string | undefined;
  readonly value: string | number | boolean | null;
}

interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly text: string | undefined;
  readonly items: readonly Node[];
}

interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  readonly text: string | undefined;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Of the key. */
  readonly place: Place;
  readonly value: Node;
}

/** The entries of `node`; none if it is no map. */
export function entriesOf(node: Node | undefined): ReadonlyMap<string, Entry> {
  return node?.kind === 'map' ? node.entries : none;
}

/** Left empty by its author: absent, or `null`. */
export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

const none: ReadonlyMap<string, Entry> = new Map();
