import type { Attributes, Value } from '../record/value.ts';
import { narrowed } from './integer.ts';
import type { JsonNode } from './json-node.ts';
import { checkDepth } from './limits.ts';

const int64 = 2n ** 63n;

/** An AnyValue (opentelemetry-proto, common.proto); null if none of its fields is set. */
export function jsonValue(node: JsonNode, depth = 0): Value {
  checkDepth(depth, () => node.path);
  return (
    node.field('stringValue')?.text() ??
    node.field('boolValue')?.boolean() ??
    integer(node.field('intValue')) ??
    node.field('doubleValue')?.double() ??
    list(node.field('arrayValue'), depth) ??
    map(node.field('kvlistValue'), depth) ??
    node.field('bytesValue')?.bytes() ??
    null
  );
}

/** A list of KeyValue, or nothing, as a map. */
export function jsonAttributes(node: JsonNode | undefined, depth = 0): Attributes {
  const attributes = new Map<string, Value>();
  for (const item of node?.items() ?? []) {
    const key = item.field('key')?.text() ?? '';
    const value = item.field('value');
    if (!attributes.has(key)) attributes.set(key, value === undefined ? null : jsonValue(value, depth));
  }
  return Object.fromEntries(attributes);
}

function integer(node: JsonNode | undefined): number | bigint | undefined {
  return node === undefined ? undefined : narrowed(node.integer(-int64, int64 - 1n));
}

function list(node: JsonNode | undefined, depth: number): readonly Value[] | undefined {
  if (node === undefined) return undefined;
  return (node.field('values')?.items() ?? []).map((item) => jsonValue(item, depth + 1));
}

function map(node: JsonNode | undefined, depth: number): Attributes | undefined {
  return node === undefined ? undefined : jsonAttributes(node.field('values'), depth + 1);
}
