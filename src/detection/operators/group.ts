import type { Time } from '../../record/time.ts';
import type { Stored } from '../../store/store.ts';
import { maxEvidence } from '../finding.ts';

/** What is remembered of a group of rows. Times are decimal texts of nanoseconds. */
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

/** Part of the names of the tables that hold groups: what was kept in another layout is not read. */
export const groupLayout = 2;

/**
 * A group as the state keeps it, without names and without what can be told from the rest, for there may be a million
 * of them: a time that is that of its earliest row is 0, the one value of a field stands for its list.
 */
export type KeptGroup = readonly [
  from: string,
  to: string | 0,
  events: number,
  /** Times and ids by turns. */
  evidence: readonly (string | 0)[],
  measures: readonly Stored[],
  values: readonly (string | readonly string[])[],
  left: 0 | 1,
  origin: readonly [context: string, resource: string] | 0,
];

export function keptGroup({ from, to, events, evidence, measures, values, left, origin }: Group): KeptGroup {
  const since = (time: string): string | 0 => (time === from ? 0 : time);
  return [
    from,
    since(to),
    events,
    flatEvidence(evidence, since),
    measures,
    values.map((list) => (list.length === 1 ? (list[0] ?? '') : list)),
    left ? 1 : 0,
    origin ?? 0,
  ];
}

/** A group from the store. */
export function asGroup(stored: Stored | undefined): Group | undefined {
  if (stored === undefined) return undefined;
  // The tables that this is called for hold nothing else, and the store answers for its rows.
  const [from, to, events, evidence, measures, values, left, origin] = stored as KeptGroup;
  return {
    from,
    to: to === 0 ? from : to,
    events,
    evidence: evidenceOf(evidence, from),
    measures,
    values: values.map((list) => (typeof list === 'string' ? [list] : list)),
    left: left === 1,
    origin: origin === 0 ? null : origin,
  };
}

function flatEvidence(evidence: Group['evidence'], since: (time: string) => string | 0): KeptGroup[3] {
  const flat: (string | 0)[] = [];
  for (const [time, id] of evidence) flat.push(since(time), id);
  return flat;
}

function evidenceOf(list: KeptGroup[3], from: string): Group['evidence'] {
  const lines: (readonly [string, string])[] = [];
  for (let index = 0; index < list.length; index += 2) {
    lines.push([list[index] || from, String(list[index + 1])]);
  }
  return lines;
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
  const [first, second, ...others] = groups;
  // One group alone, or parts of one event.
  if (first !== undefined && groups.every(({ evidence }) => evidence === first.evidence)) {
    return first.evidence;
  }
  if (first !== undefined && second !== undefined && others.length === 0 && isComplete(first, second)) {
    return first.evidence;
  }
  const all = new Map<string, readonly [string, string]>();
  for (const line of groups.flatMap(({ evidence }) => evidence)) {
    if (!all.has(line[1])) all.set(line[1], line);
  }
  return [...all.values()].sort((a, b) => Number(BigInt(a[0]) - BigInt(b[0]))).slice(0, maxEvidence);
}

/** The evidence of `a` has no room for what came later. */
function isComplete({ evidence }: Pick<Group, 'evidence'>, b: Pick<Group, 'evidence'>): boolean {
  const last = evidence.at(-1);
  if (last === undefined || evidence.length < maxEvidence) return false;
  return b.evidence.every(([time]) => BigInt(time) >= BigInt(last[0]));
}

function union(a: readonly string[], b: readonly string[], limit: number): readonly string[] {
  // It is the overflow group that has many, and it is merged with every row of a flood.
  if (a.length >= limit) return a;
  const missing = b.filter((value) => !a.includes(value));
  return missing.length === 0 ? a : [...a, ...missing].slice(0, limit);
}
