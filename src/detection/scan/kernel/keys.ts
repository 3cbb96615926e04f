import {
  edgeKey,
  edgeKeyRest,
  edgeLength,
  edgeMask,
  edgeMaskRest,
  edgeSize,
  edgeText,
  nodeEdges,
  nodeEnd,
} from '../layout';

/** True if the key at `key`, behind its opening quote, is that of `edge`, written without escapes. */
export function isKey(edge: usize, key: usize): bool {
  if ((load<u64>(key) & load<u64>(edge, edgeMask)) != load<u64>(edge, edgeKey)) return false;
  const length = usize(load<u32>(edge, edgeLength));
  if (load<u8>(key + length) != 34) return false;
  if (length <= 8) return true;
  if ((load<u64>(key, 8) & load<u64>(edge, edgeMaskRest)) != load<u64>(edge, edgeKeyRest)) return false;
  const text = usize(load<u32>(edge, edgeText));
  for (let at: usize = 16; at < length; at++) {
    if (load<u8>(key + at) != load<u8>(text + at)) return false;
  }
  return true;
}

/**
 * The edge of `node` for the key at `key`; 0 if it has none. `expected`, the edge behind the one met last, is tried
 * first: an apiserver writes keys in a fixed order.
 */
export function edgeOf(node: usize, expected: usize, key: usize): usize {
  const end = usize(load<u32>(node, nodeEnd));
  for (let edge = expected; edge < end; edge += edgeSize) if (isKey(edge, key)) return edge;
  for (let edge = node + nodeEdges; edge < expected; edge += edgeSize) if (isKey(edge, key)) return edge;
  return 0;
}
