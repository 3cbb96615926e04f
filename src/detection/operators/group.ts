import type { Time } from '../../record/time.ts';
import type { Stored } from '../../store/store.ts';
import { maxEvidence } from '../finding.ts';

/** What is remembered of a group of rows. Plain JSON; times are decimal texts of nanoseconds. */
export type Group = {
  /** Event time of its earliest and its latest row. */
  readonly from: string;
  readonly to: string;
  /** Number of events. */
  readonly events: number;
  readonly evidence: readonly (readonly [time: string, id: string])[];
  /** What each measure holds, in the plan's order. */
  readonly measures: readonly Stored[];
  /** The values of each `by` field: one, but several in the overflow group. */
  readonly values: readonly (readonly string[])[];
  /** It has made a finding already. */
  readonly left: boolean;
  /** Context and resource of its earliest event (see `Origins`); null if the plan never needs them. */
  readonly origin: readonly [context: string, resource: string] | null;
};

/** A group from the store. */
export function asGroup(stored: Stored | undefined): Group | undefined {
  // The tables that this is called for hold nothing else, and the store answers for its rows.
  return stored as Group | undefined;
}

export const groupStart = (group: Group): Time => BigInt(group.from);
export const groupEnd = (group: Group): Time => BigInt(group.to);

/** What two parts of one group have in common but the measures; `a` came first. `limit` bounds the overflow's values. */
export function mergeRows(a: Group, b: Group, limit: number): Omit<Group, 'measures'> {
  const earlier = BigInt(b.from) < BigInt(a.from) ? b : a;
  return {
    from: earlier.from,
    to: BigInt(b.to) > BigInt(a.to) ? b.to : a.to,
    events: a.events + b.events,
    evidence: mergeEvidence([a, b]),
    values: a.values.map((values, index) => union(values, b.values[index] ?? [], limit)),
    left: a.left || b.left,
    origin: earlier.origin,
  };
}

/** The oldest source lines of several groups, each once. */
export function mergeEvidence(groups: readonly Pick<Group, 'evidence'>[]): Group['evidence'] {
  const [first, ...others] = groups;
  if (first !== undefined && others.length === 0) return first.evidence;
  const all = new Map<string, readonly [string, string]>();
  for (const line of groups.flatMap(({ evidence }) => evidence)) {
    if (!all.has(line[1])) all.set(line[1], line);
  }
  return [...all.values()].sort((a, b) => Number(BigInt(a[0]) - BigInt(b[0]))).slice(0, maxEvidence);
}

function union(a: readonly string[], b: readonly string[], limit: number): readonly string[] {
  const missing = b.filter((value) => !a.includes(value));
  return missing.length === 0 ? a : [...a, ...missing].slice(0, limit);
}
