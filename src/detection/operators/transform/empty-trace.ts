import type { Moment, Trace } from './table-row.ts';

/** What a row stands for that no event is behind: at the end of its window. */
export const emptyTrace = ({ now }: Moment): Trace => ({
  from: now.toString(),
  to: now.toString(),
  events: 0,
  evidence: [],
  origin: null,
});
