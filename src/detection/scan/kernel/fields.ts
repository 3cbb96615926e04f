import {
  columnCares,
  columnEach,
  columnEvery,
  columnLateLength,
  columnLateLine,
  columnLateText,
  columnLookups,
  columnMissing,
  columnMode,
  columnNarrowed,
  columnNull,
  columnPending,
  columnPendingCount,
  columnPendingScope,
  columnRuledOut,
  columnSettled,
  columnSeveral,
  columnSize,
  modeEarly,
  modeLate,
  modeOff,
} from '../layout';
import { matchedSet } from './matchers';
import { addSet, chooseSet, copySet, keepSet, meets } from './sets';
import { alive, all, columns, columnsEnd, late, lateEnd, openColumns, words } from './state';
import { setOf } from './values';

/** Number of the line at hand, and of the objects and scopes met: none of them is ever given twice. */
let line: u64 = 0;
let serial: u64 = 0;

/** Where values are gathered before they count: in an array, or in what a client wrote; 0 outside. */
export let scope: u64 = 0;
/** A value may have been gathered in the scope that the plain path does not count: then nothing is ruled out by it. */
let loose: bool = false;

/** Columns of the line that may still change what is possible. */
let open: u32 = 0;

/** Begins a line for which the plans of `possible` are possible; false if there are none. */
export function beginLine(possible: usize): bool {
  line++;
  scope = 0;
  open = openColumns;
  return copySet(alive, possible, words);
}

/** True if nothing further in the line can change what is possible for it. */
export function isSettled(): bool {
  return open == 0;
}

function settle(column: usize): void {
  store<u64>(column, line, columnSettled);
  if (load<u32>(column, columnMode) != modeOff) open--;
}

export function nextSerial(): u64 {
  return ++serial;
}

/** The value of a column, as the source wrote it. False if no plan is possible any more. */
export function meet(column: usize, text: usize, length: usize): bool {
  if (load<u64>(column, columnSettled) == line) return true;
  const mode = load<u32>(column, columnMode);
  const matters = meets(alive, usize(load<u32>(column, columnCares)), words);
  if (scope != 0) {
    // Gathered even if it does not matter now: that there is a value has to be known.
    gather(column, matters ? setOf(column, text, length, words) : all);
    return true;
  }
  settle(column);
  if (!matters) return true;
  if (mode == modeEarly) return narrow(column, setOf(column, text, length, words));
  if (mode == modeLate) {
    store<u32>(column, u32(text), columnLateText);
    store<u32>(column, u32(length), columnLateLength);
    store<u64>(column, line, columnLateLine);
  }
  return true;
}

/** The value of a column is null, which is one where arrays are marked. False if no plan is possible any more. */
export function meetNull(column: usize): bool {
  if (load<u64>(column, columnSettled) == line) return true;
  const set = usize(load<u32>(column, columnNull));
  if (scope != 0) {
    gather(column, set);
    return true;
  }
  settle(column);
  return narrow(column, set);
}

function gather(column: usize, set: usize): void {
  const pending = usize(load<u32>(column, columnPending));
  const each = usize(load<u32>(column, columnEach));
  if (load<u64>(column, columnPendingScope) == scope) {
    addSet(pending, set, words);
    keepSet(each, set, words);
    store<u32>(column, load<u32>(column, columnPendingCount) + 1, columnPendingCount);
    return;
  }
  store<u64>(column, scope, columnPendingScope);
  store<u32>(column, 1, columnPendingCount);
  copySet(pending, set, words);
  copySet(each, set, words);
}

export function openScope(): void {
  scope = nextSerial();
  loose = false;
}

/** What is gathered from here on may not count. */
export function loosen(): void {
  loose = true;
}

/**
 * Ends the scope for the columns whose addresses lie from `list` to `end`: what was gathered counts. `closing`: the
 * others have no value. False if no plan is possible any more.
 */
export function closeScope(list: usize, end: usize, closing: bool): bool {
  const gathered = scope;
  scope = 0;
  for (; list < end; list += 4) {
    const column = usize(load<u32>(list));
    if (load<u64>(column, columnSettled) == line) continue;
    const has = load<u64>(column, columnPendingScope) == gathered;
    if (!has && !closing) continue;
    settle(column);
    if (has && loose) continue;
    if (!narrow(column, has ? pendingSet(column) : usize(load<u32>(column, columnMissing)))) return false;
  }
  return true;
}

/** What the values that were gathered for a column allow together. */
function pendingSet(column: usize): usize {
  const pending = usize(load<u32>(column, columnPending));
  if (load<u32>(column, columnPendingCount) == 1) return pending;
  const each = usize(load<u32>(column, columnEach));
  chooseSet(pending, each, usize(load<u32>(column, columnEvery)), words);
  addSet(pending, usize(load<u32>(column, columnSeveral)), words);
  return pending;
}

/** False if no column of the list can rule anything out any more: its value is known, or no plan that it is for is left. */
export function mayMatter(list: usize, end: usize): bool {
  for (; list < end; list += 4) {
    const column = usize(load<u32>(list));
    if (load<u64>(column, columnSettled) == line) continue;
    if (meets(alive, usize(load<u32>(column, columnCares)), words)) return true;
  }
  return false;
}

/** Columns of the list that have no value yet have none at all. False if no plan is possible any more. */
export function closeColumns(list: usize, end: usize): bool {
  for (; list < end; list += 4) {
    const column = usize(load<u32>(list));
    if (load<u64>(column, columnSettled) == line) continue;
    settle(column);
    if (!narrow(column, usize(load<u32>(column, columnMissing)))) return false;
  }
  return true;
}

/** The line has been walked: what has no value is missing, and what was put off is looked up. */
export function endLine(): bool {
  for (let column = columns; column < columnsEnd; column += columnSize) {
    if (load<u64>(column, columnSettled) == line) continue;
    if (!narrow(column, usize(load<u32>(column, columnMissing)))) return false;
  }
  for (let at = late; at < lateEnd; at += 4) {
    const column = usize(load<u32>(at));
    if (load<u64>(column, columnLateLine) != line) continue;
    if (!meets(alive, usize(load<u32>(column, columnCares)), words)) continue;
    if (!narrow(column, lateSet(column))) return false;
  }
  return true;
}

/** Values of a late column hardly ever repeat: comparing their bytes, where that is enough, beats any table. */
function lateSet(column: usize): usize {
  const text = usize(load<u32>(column, columnLateText));
  const length = usize(load<u32>(column, columnLateLength));
  const matched = matchedSet(column, text, length, alive, words);
  if (matched == 0) return setOf(column, text, length, words);
  store<u32>(column, load<u32>(column, columnLookups) + 1, columnLookups);
  return matched;
}

/** Keeps the plans of `set` only; false if none is left. */
function narrow(column: usize, set: usize): bool {
  if (words == 1) {
    const before = load<u64>(alive);
    const after = before & load<u64>(set);
    if (after == before) return true;
    store<u64>(alive, after);
    store<u32>(column, load<u32>(column, columnNarrowed) + 1, columnNarrowed);
    if (after != 0) return true;
    store<u32>(column, load<u32>(column, columnRuledOut) + 1, columnRuledOut);
    return false;
  }
  let left: u64 = 0;
  let lost: u64 = 0;
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    const before = load<u64>(alive + at);
    const after = before & load<u64>(set + at);
    store<u64>(alive + at, after);
    left |= after;
    lost |= before ^ after;
  }
  if (lost != 0) store<u32>(column, load<u32>(column, columnNarrowed) + 1, columnNarrowed);
  if (left != 0) return true;
  store<u32>(column, load<u32>(column, columnRuledOut) + 1, columnRuledOut);
  return false;
}
