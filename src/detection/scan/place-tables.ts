import { repeatsBelow } from '../../record/json-field.ts';
import { auditOrder } from './audit-order.ts';
import {
  edgeKey,
  edgeKeyRest,
  edgeLength,
  edgeMask,
  edgeMaskRest,
  edgePlace,
  edgeSize,
  edgeText,
  nodeEdges,
  nodeEnd,
  placeArrayCares,
  placeArrayColumns,
  placeArrayColumnsEnd,
  placeClient,
  placeElement,
  placeHidden,
  placeMarked,
  placeNode,
  placeObjectCares,
  placeObjectColumns,
  placeObjectColumnsEnd,
  placeSize,
  placeWanted,
} from './layout.ts';
import type { Node, Place } from './places.ts';
import { PlanSet } from './plan-set.ts';
import type { TableWriter } from './table-writer.ts';

/** A set in the memory: all plans that one of `columns` matters for. */
export interface CaresOf {
  readonly at: number;
  readonly columns: readonly number[];
}

const encoder = new TextEncoder();

/** Writes nodes and places as the kernel reads them. */
export class PlaceTables {
  readonly #writer: TableWriter;
  /** Addresses of the columns, by their numbers. */
  readonly #columns: readonly number[];
  readonly #plans: number;
  readonly #nodes = new Map<Node, number>();
  readonly #places = new Map<Place, number>();
  /** What has to be written anew when it changes which columns are looked at. */
  readonly cares: CaresOf[] = [];

  constructor(writer: TableWriter, columns: readonly number[], plans: number) {
    this.#writer = writer;
    this.#columns = columns;
    this.#plans = plans;
  }

  /** Address of the node of an event itself. */
  root(node: Node): number {
    return this.#node(node, '');
  }

  /** `path`: the keys that lead to the node, as far as their order is known below it. */
  #node(node: Node, path: string | undefined): number {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const expected = (path === undefined ? undefined : auditOrder[path]) ?? [];
    const keys = [...new Set([...expected, ...node.edges.keys()])];
    const at = this.#writer.room(nodeEdges + keys.length * edgeSize);
    this.#nodes.set(node, at);
    this.#writer.put(at + nodeEnd, at + nodeEdges + keys.length * edgeSize);
    for (const [index, key] of keys.entries()) {
      const edge = at + nodeEdges + index * edgeSize;
      this.#key(edge, key);
      const place = node.edges.get(key);
      if (place === undefined) continue;
      this.#fill(edge + edgePlace, place, path === '' ? key : undefined);
      if (path === '' && repeatsBelow(key, false, true)) this.#writer.put(edge + edgePlace + placeClient, 1);
    }
    return at;
  }

  #key(edge: number, key: string): void {
    const bytes = encoder.encode(key);
    const text = this.#writer.bytes(bytes);
    this.#writer.put(edge + edgeLength, bytes.length);
    this.#writer.put(edge + edgeText, text);
    for (const [from, word, mask] of [
      [0, edgeKey, edgeMask],
      [8, edgeKeyRest, edgeMaskRest],
    ] as const) {
      const part = bytes.subarray(from, from + 8);
      for (let at = 0; at < part.length; at += 4) {
        const four = part.subarray(at, at + 4);
        this.#writer.put(
          edge + word + at,
          four.reduceRight((sum, byte) => sum * 256 + byte, 0),
        );
        this.#writer.put(edge + mask + at, 256 ** four.length - 1);
      }
    }
  }

  #place(place: Place): number {
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    const at = this.#writer.room(placeSize);
    // Before it is filled: the place of elements may be the place itself.
    this.#places.set(place, at);
    this.#fill(at, place, undefined);
    return at;
  }

  #fill(at: number, place: Place, path: string | undefined): void {
    const writer = this.#writer;
    const column = (number: number | undefined): number =>
      number === undefined ? 0 : (this.#columns[number] ?? 0);
    writer.put(at + placeHidden, column(place.hidden));
    writer.put(at + placeMarked, column(place.marked));
    writer.put(at + placeWanted, 1);
    if (place.node) writer.put(at + placeNode, this.#node(place.node, path));
    if (place.element) writer.put(at + placeElement, this.#place(place.element));
    for (const [numbers, list, end, cares] of [
      [place.objectColumns, placeObjectColumns, placeObjectColumnsEnd, placeObjectCares],
      [place.arrayColumns, placeArrayColumns, placeArrayColumnsEnd, placeArrayCares],
    ] as const) {
      const address = writer.list(numbers.map(column));
      writer.put(at + list, address);
      writer.put(at + end, address + numbers.length * 4);
      const set = writer.set(new PlanSet(this.#plans));
      writer.put(at + cares, set);
      this.cares.push({ at: set, columns: numbers });
    }
  }
}
