import {
  planAlive,
  planAll,
  planColumns,
  planColumnsEnd,
  planCounters,
  planLate,
  planLateEnd,
  planLongest,
  planMarks,
  planOpen,
  planOutput,
  planOutputEnd,
  planRoot,
  planUnmarked,
  planWords,
} from '../layout';

// What the plan of the scan says (`layout.ts`), read once.
export let words: u32 = 0;
export let root: usize = 0;
export let columns: usize = 0;
export let columnsEnd: usize = 0;
export let late: usize = 0;
export let lateEnd: usize = 0;
export let all: usize = 0;
export let alive: usize = 0;
export let counters: usize = 0;
export let output: usize = 0;
export let outputEnd: usize = 0;
export let longest: usize = 0;
export let marks: usize = 0;
export let unmarked: usize = 0;
export let openColumns: u32 = 0;

/** Takes over the plan at `plan`; again after it was changed. */
export function configure(plan: usize): void {
  words = load<u32>(plan, planWords);
  root = usize(load<u32>(plan, planRoot));
  columns = usize(load<u32>(plan, planColumns));
  columnsEnd = usize(load<u32>(plan, planColumnsEnd));
  late = usize(load<u32>(plan, planLate));
  lateEnd = usize(load<u32>(plan, planLateEnd));
  all = usize(load<u32>(plan, planAll));
  alive = usize(load<u32>(plan, planAlive));
  counters = usize(load<u32>(plan, planCounters));
  output = usize(load<u32>(plan, planOutput));
  outputEnd = usize(load<u32>(plan, planOutputEnd));
  longest = usize(load<u32>(plan, planLongest));
  marks = usize(load<u32>(plan, planMarks));
  unmarked = usize(load<u32>(plan, planUnmarked));
  openColumns = load<u32>(plan, planOpen);
}

/** Adds to one of the counters. */
export function count(counter: u32, by: u64): void {
  const at = counters + usize(counter);
  store<u64>(at, load<u64>(at) + by);
}
