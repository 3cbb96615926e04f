/** One line of the table that the suite ends with (spec/reliability.md §3.1). All counts but the first and `redelivered` have to be 0. */
export interface FaultRow {
  fired: number;
  lost: number;
  unexpected: number;
  wrong: number;
  redelivered: number;
  unaccounted: number;
}

declare module 'vitest' {
  interface TaskMeta {
    /** How far a fault test got; of a test that was skipped there is none. */
    fault?: FaultRow;
  }
}
