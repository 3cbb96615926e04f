import {
  columnCapacity,
  columnCount,
  columnFlushes,
  columnIndex,
  columnLookups,
  columnMisses,
  columnScratch,
  columnSets,
  columnSlotMask,
  columnSlots,
  columnTexts,
  columnTextsEnd,
  columnTextsFree,
  longestText,
  slotHash,
  slotLength,
  slotSet,
  slotSize,
  slotText,
} from '../layout';
import { evaluate } from './host';

/** A hash of `length` bytes; up to 7 bytes behind them are read and do not count. */
export function hashOf(p: usize, length: usize): u32 {
  let hash: u64 = 0x9e3779b97f4a7c15 ^ u64(length);
  let left = length;
  for (; left >= 8; left -= 8, p += 8) {
    hash = (hash ^ load<u64>(p)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  if (left != 0) {
    hash = (hash ^ (load<u64>(p) & ((u64(1) << (u64(left) << 3)) - 1))) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  return u32(hash ^ (hash >> 29));
}

/** True if `length` bytes are the same; up to 7 bytes behind them are read and do not count. */
export function equalBytes(a: usize, b: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false;
  if (at == length) return true;
  return (load<u64>(a + at) ^ load<u64>(b + at)) << (u64(8 - (length - at)) << 3) == 0;
}

/** The set of plans that are possible if the field of `column` has the value whose bytes are at `text`. */
export function setOf(column: usize, text: usize, length: usize, words: u32): usize {
  store<u32>(column, load<u32>(column, columnLookups) + 1, columnLookups);
  if (length > usize(longestText)) return askAgain(column, text, length);
  const hash = hashOf(text, length);
  const slots = usize(load<u32>(column, columnSlots));
  const mask = load<u32>(column, columnSlotMask);
  let at = hash & mask;
  while (true) {
    const slot = slots + usize(at) * slotSize;
    const known = usize(load<u32>(slot, slotText));
    if (known == 0) return add(column, slot, hash, text, length, words);
    if (
      load<u32>(slot, slotHash) == hash &&
      load<u32>(slot, slotLength) == u32(length) &&
      equalBytes(known, text, length)
    ) {
      return usize(load<u32>(slot, slotSet));
    }
    at = (at + 1) & mask;
  }
}

function askAgain(column: usize, text: usize, length: usize): usize {
  store<u32>(column, load<u32>(column, columnMisses) + 1, columnMisses);
  const set = usize(load<u32>(column, columnScratch));
  evaluate(load<u32>(column, columnIndex), text, u32(length), set);
  return set;
}

function add(column: usize, free: usize, hash: u32, text: usize, length: usize, words: u32): usize {
  store<u32>(column, load<u32>(column, columnMisses) + 1, columnMisses);
  let slot = free;
  if (isFull(column, length)) {
    startAnew(column);
    slot = usize(load<u32>(column, columnSlots)) + usize(hash & load<u32>(column, columnSlotMask)) * slotSize;
  }
  const count = load<u32>(column, columnCount);
  const copy = usize(load<u32>(column, columnTextsFree));
  const set = usize(load<u32>(column, columnSets)) + ((usize(count) * words) << 3);
  memory.copy(copy, text, length);
  store<u32>(column, count + 1, columnCount);
  store<u32>(column, u32(copy + length), columnTextsFree);
  store<u32>(slot, hash, slotHash);
  store<u32>(slot, u32(copy), slotText);
  store<u32>(slot, u32(length), slotLength);
  store<u32>(slot, u32(set), slotSet);
  evaluate(load<u32>(column, columnIndex), text, u32(length), set);
  return set;
}

function isFull(column: usize, length: usize): bool {
  return (
    load<u32>(column, columnCount) == load<u32>(column, columnCapacity) ||
    usize(load<u32>(column, columnTextsFree)) + length > usize(load<u32>(column, columnTextsEnd))
  );
}

/** Forgets every value: cheaper than to find out which ones are worth keeping, and never more memory. */
function startAnew(column: usize): void {
  const slots = usize(load<u32>(column, columnSlots));
  memory.fill(slots, 0, (usize(load<u32>(column, columnSlotMask)) + 1) * slotSize);
  store<u32>(column, 0, columnCount);
  store<u32>(column, load<u32>(column, columnTexts), columnTextsFree);
  store<u32>(column, load<u32>(column, columnFlushes) + 1, columnFlushes);
}
