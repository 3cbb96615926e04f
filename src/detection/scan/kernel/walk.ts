import {
  edgeLength,
  edgePlace,
  edgeSeen,
  edgeSize,
  nodeEdges,
  oddDepth,
  oddEscapedKey,
  oddRepeatedKey,
  oddStructure,
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
  placeWanted,
} from '../layout';
import { containerEnd } from './containers';
import {
  closeColumns,
  closeScope,
  isSettled,
  loosen,
  mayMatter,
  meet,
  meetNull,
  nextSerial,
  openScope,
  scope,
} from './fields';
import { edgeOf } from './keys';
import { meets } from './sets';
import { scalarEnd, skipBlanks, valueEnd } from './skipping';
import { alive, words } from './state';
import { clearBackslash, hidesCharacters, sawBackslash, stringEnd } from './strings';

const deepest: u32 = 64;

/** `ending`: nothing further in the line would have changed what is possible for it. */
export const settled: u32 = 0x100;
/** Why the walk ended before the object did: 0 if no plan is possible any more, `settled`, or a reason of oddity. */
export let ending: u32 = 0;
/** The newline that ends the line. */
let end: usize = 0;
/** What is walked was written by a client: repeated keys all count. */
let byClient: bool = false;

/**
 * Walks the object whose first byte behind `{` is `p` and looks values up on the way. Returns the address behind it,
 * or 0 if it ended before, for the reason that `ending` holds. Nothing at or behind `lineEnd` is taken for part of it.
 */
export function walkLine(p: usize, lineEnd: usize, node: usize): usize {
  ending = 0;
  end = lineEnd;
  byClient = false;
  return walkObject(p, node, 0, 0, 0);
}

function walkObject(p: usize, node: usize, list: usize, listEnd: usize, depth: u32): usize {
  p = skipBlanks(p);
  if (load<u8>(p) == 125) return p + 1;
  const serial = nextSerial();
  let expected = node + nodeEdges;
  while (true) {
    if (load<u8>(p) != 34) return stop(oddStructure);
    p++;
    const edge = edgeOf(node, expected, p);
    if (edge != 0) {
      p += usize(load<u32>(edge, edgeLength)) + 1;
      expected = edge + edgeSize;
    } else {
      p = unknownKeyEnd(p);
      if (p == 0) return 0;
    }
    if (load<u8>(p) != 58) {
      p = skipBlanks(p);
      if (load<u8>(p) != 58) return stop(oddStructure);
    }
    p = skipBlanks(p + 1);
    if (edge != 0 && load<u32>(edge + edgePlace, placeWanted) != 0) {
      if (!byClient) {
        if (load<u64>(edge, edgeSeen) == serial) return stop(oddRepeatedKey);
        store<u64>(edge, serial, edgeSeen);
      }
      p = walkValue(p, edge + edgePlace, depth);
      if (p == 0) return 0;
      if (isSettled()) return stop(settled);
      if (list != 0 && !mayMatter(list, listEnd)) return skipContainer(p);
    } else {
      p = valueEnd(p, end);
      if (p == 0) return stop(oddStructure);
    }
    p = skipBlanks(p);
    const next = load<u8>(p);
    if (next == 44) p = skipBlanks(p + 1);
    else if (next == 125) return p + 1;
    else return stop(oddStructure);
  }
}

/** Behind a key that is none of the wanted ones, if that is certain. */
function unknownKeyEnd(p: usize): usize {
  clearBackslash();
  const quote = stringEnd(p, end);
  if (quote == 0) return stop(oddStructure);
  if (sawBackslash && hidesCharacters(p, quote)) return stop(oddEscapedKey);
  return quote + 1;
}

/** Behind the value at `p`, of which `place` says what is wanted; 0 if the walk is over. */
function walkValue(p: usize, place: usize, depth: u32): usize {
  const first = load<u8>(p);
  if (first == 123) return walkInner(p + 1, place, depth);
  if (first == 91) return walkArray(p + 1, place, depth);
  const hidden = usize(load<u32>(place, placeHidden));
  const marked = usize(load<u32>(place, placeMarked));
  if (first == 34) {
    const quote = stringEnd(p + 1, end);
    if (quote == 0) return stop(oddStructure);
    if (hidden != 0 && !meet(hidden, p + 1, quote - p - 1)) return 0;
    if (marked != 0 && !meet(marked, p + 1, quote - p - 1)) return 0;
    return quote + 1;
  }
  const behind = scalarEnd(p);
  if (behind == p) return stop(oddStructure);
  if (first == 110) return marked == 0 || meetNull(marked) ? behind : 0;
  if (hidden != 0 && !meet(hidden, p, behind - p)) return 0;
  if (marked != 0 && !meet(marked, p, behind - p)) return 0;
  return behind;
}

/** An object that is the value of a wanted key, or an element of a wanted array. */
function walkInner(p: usize, place: usize, depth: u32): usize {
  const node = usize(load<u32>(place, placeNode));
  if (node == 0 || !meets(alive, usize(load<u32>(place, placeObjectCares)), words)) return skipContainer(p);
  if (depth == deepest) return stop(oddDepth);
  const list = usize(load<u32>(place, placeObjectColumns));
  const listEnd = usize(load<u32>(place, placeObjectColumnsEnd));
  if (scope != 0) {
    // In an array of objects each of them decides for itself which of two spellings of a name counts.
    if (!byClient) loosen();
    return walkObject(p, node, 0, 0, depth + 1);
  }
  if (load<u32>(place, placeClient) == 0) {
    p = walkObject(p, node, list, listEnd, depth + 1);
    return p == 0 || closeColumns(list, listEnd) ? p : 0;
  }
  byClient = true;
  openScope();
  p = walkObject(p, node, 0, 0, depth + 1);
  byClient = false;
  return p == 0 || closeScope(list, listEnd, true) ? p : 0;
}

function walkArray(p: usize, place: usize, depth: u32): usize {
  const element = usize(load<u32>(place, placeElement));
  if (element == 0 || !meets(alive, usize(load<u32>(place, placeArrayCares)), words)) return skipContainer(p);
  if (depth == deepest) return stop(oddDepth);
  if (scope != 0) return walkElements(p, element, depth + 1);
  openScope();
  p = walkElements(p, element, depth + 1);
  if (p == 0) return 0;
  const list = usize(load<u32>(place, placeArrayColumns));
  const listEnd = usize(load<u32>(place, placeArrayColumnsEnd));
  return closeScope(list, listEnd, false) ? p : 0;
}

function walkElements(p: usize, element: usize, depth: u32): usize {
  p = skipBlanks(p);
  if (load<u8>(p) == 93) return p + 1;
  while (true) {
    p = walkValue(p, element, depth);
    if (p == 0) return 0;
    p = skipBlanks(p);
    const next = load<u8>(p);
    if (next == 93) return p + 1;
    if (next != 44) return stop(oddStructure);
    p = skipBlanks(p + 1);
  }
}

function skipContainer(p: usize): usize {
  const behind = containerEnd(p, end);
  return behind == 0 ? stop(oddStructure) : behind;
}

function stop(reason: u32): usize {
  ending = reason;
  return 0;
}
