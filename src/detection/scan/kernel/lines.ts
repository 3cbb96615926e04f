import {
  counterBytes,
  counterLines,
  counterOdd,
  counterWalked,
  foundEnd,
  foundOdd,
  foundSet,
  foundStart,
  oddEnd,
  oddLength,
  oddStart,
} from '../layout';
import { isBlank } from './blanks';
import { beginLine, endLine } from './fields';
import { isMarked, nextMarked } from './marks';
import { lineEnd } from './newlines';
import { copySet } from './sets';
import { alive, all, count, longest, output, outputEnd, root, unmarked, words } from './state';
import { skipBlanks } from './skipping';
import { ending, settled, walkLine } from './walk';

/** Where the next line that is left is written. */
let free: usize = 0;

/** How many lines the last scan left. */
export function found(): u32 {
  return u32((free - output) / recordSize());
}

/**
 * Walks every line from `from` to `end` that is not blank; the byte before `end` is a newline. Returns where it stopped:
 * at `end`, or before a line for which there was no more room in the output. `marked`: only the plans of `unmarked` are
 * possible for a line without a mark.
 */
export function scanLines(from: usize, end: usize, marked: bool): usize {
  free = output;
  let lines: u64 = 0;
  let start = from;
  while (start < end && free + recordSize() <= outputEnd) {
    const newline = lineEnd(start);
    if (load<u8>(start) == 123) {
      judge(start, newline, !marked || isMarked(start, newline) ? all : unmarked);
      lines++;
    } else if (!isBlank(start, newline)) {
      judge(start, newline, all);
      lines++;
    }
    start = newline + 1;
  }
  // Where there are marks, the lines were counted with them.
  if (!marked) count(counterLines, lines);
  return start < end ? start : end;
}

/** As `scanLines`, of the lines that have a mark; no line is counted. */
export function scanMarked(from: usize, end: usize): usize {
  free = output;
  let start = nextMarked(from, end);
  while (start < end && free + recordSize() <= outputEnd) {
    const newline = lineEnd(start);
    if (!isBlank(start, newline)) judge(start, newline, all);
    start = nextMarked(newline + 1, end);
  }
  return start < end ? start : end;
}

/** Leaves the line for the plans of `possible` that it does not rule out. */
function judge(start: usize, newline: usize, possible: usize): void {
  if (!beginLine(possible)) return;
  if (newline - start > longest) return leaveOdd(start, newline, oddLength);
  const opening = skipBlanks(start);
  if (load<u8>(opening) != 123) return leaveOdd(start, newline, oddStart);
  const behind = walkLine(opening + 1, newline, root);
  if (behind != 0) {
    count(counterWalked, 1);
    count(counterBytes, newline - start);
    if (skipBlanks(behind) != newline) return leaveOdd(start, newline, oddEnd);
  } else if (ending != settled) {
    if (ending != 0) leaveOdd(start, newline, ending);
    return;
  }
  if (endLine()) leave(start, newline, 0);
}

/** A line that cannot be told from its bytes is left for every plan. */
function leaveOdd(start: usize, newline: usize, reason: u32): void {
  copySet(alive, all, words);
  count(counterOdd + (reason << 3), 1);
  leave(start, newline, reason);
}

function leave(start: usize, newline: usize, reason: u32): void {
  const end = newline > start && load<u8>(newline - 1) == 13 ? newline - 1 : newline;
  store<u32>(free, u32(start), foundStart);
  store<u32>(free, u32(end), foundEnd);
  store<u32>(free, reason, foundOdd);
  copySet(free + foundSet, alive, words);
  free += recordSize();
}

function recordSize(): usize {
  return usize(foundSet) + (usize(words) << 3);
}
