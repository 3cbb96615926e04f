import type { FieldRef } from '../plan/field.ts';

/** What is wanted of a value: its own text, what its keys hold, what its elements are. Numbers are those of columns. */
export interface Place {
  readonly hidden: number | undefined;
  readonly marked: number | undefined;
  readonly node: Node | undefined;
  readonly element: Place | undefined;
  /** Columns that lie below it if it is an object, and if it is an array. */
  readonly objectColumns: readonly number[];
  readonly arrayColumns: readonly number[];
}

/** An object: the keys that something is wanted of. */
export interface Node {
  readonly edges: ReadonlyMap<string, Place>;
}

/** A column, and what is left of its name at some place of an event. */
interface Remainder {
  readonly column: number;
  readonly arrays: FieldRef['arrays'];
  readonly rest: string;
}

/**
 * Where in an event the values of fields stand. Names are never split at dots: `a.b` may be the key `b` in the object
 * `a`, or the key `a.b` (design §5). So a node has an edge for each beginning of a name that may be a key.
 */
export function placesOf(fields: readonly FieldRef[]): Node {
  return new PlaceBuilder().node(fields.map(({ name, arrays }, column) => ({ column, arrays, rest: name })));
}

class PlaceBuilder {
  readonly #nodes = new Map<string, Node>();
  readonly #places = new Map<string, Place>();

  node(remainders: readonly Remainder[]): Node {
    const text = keyOf(remainders);
    const known = this.#nodes.get(text);
    if (known) return known;
    const edges = new Map<string, Place>();
    const node = { edges };
    this.#nodes.set(text, node);
    const behindKeys = new Map<string, Remainder[]>();
    for (const remainder of remainders) {
      for (const key of keysOf(remainder)) {
        const behind = { ...remainder, rest: remainder.rest.slice(key.length) };
        behindKeys.set(key, [...(behindKeys.get(key) ?? []), behind]);
      }
    }
    for (const [key, behind] of behindKeys) edges.set(key, this.#place(behind));
    return node;
  }

  #place(remainders: readonly Remainder[]): Place {
    const text = keyOf(remainders);
    const known = this.#places.get(text);
    if (known) return known;
    const inObject = remainders.flatMap((remainder) => behindMark(remainder, '.'));
    const inArray = remainders.flatMap((remainder) =>
      remainder.arrays === 'hidden' ? [remainder] : behindMark(remainder, '{}'),
    );
    const place: { -readonly [K in keyof Place]: Place[K] } = {
      hidden: columnAt(remainders, 'hidden'),
      marked: columnAt(remainders, 'marked'),
      node: inObject.length > 0 ? this.node(inObject) : undefined,
      element: undefined,
      objectColumns: columnsOf(inObject),
      arrayColumns: columnsOf(inArray),
    };
    this.#places.set(text, place);
    // The elements of a hidden array are at the same place as the array: it has to be known by now.
    if (inArray.length > 0) place.element = this.#place(inArray);
    return place;
  }
}

const keyOf = (remainders: readonly Remainder[]): string =>
  JSON.stringify(remainders.map(({ column, rest }) => [column, rest]));

/** The keys that a name may go on with: all of it, or what stands before a dot or the mark of an array. */
function keysOf({ rest, arrays }: Remainder): readonly string[] {
  const keys = [rest];
  for (let at = 0; at < rest.length; at++) {
    const ends = rest[at] === '.' || (arrays === 'marked' && rest.startsWith('{}', at));
    if (ends) keys.push(rest.slice(0, at));
  }
  return keys;
}

const behindMark = (remainder: Remainder, mark: string): readonly Remainder[] =>
  remainder.rest.startsWith(mark) ? [{ ...remainder, rest: remainder.rest.slice(mark.length) }] : [];

const columnAt = (remainders: readonly Remainder[], arrays: FieldRef['arrays']): number | undefined =>
  remainders.find((remainder) => remainder.rest === '' && remainder.arrays === arrays)?.column;

const columnsOf = (remainders: readonly Remainder[]): readonly number[] =>
  remainders.map(({ column }) => column);
