import type { NaiveLookup, NaivePlace } from './naive/table.ts';

/** A row as a person writes it: a text, or several where the column holds several. */
export type PlainRow = Readonly<Record<string, string | readonly string[]>>;

/** A line, and what Splunk noted beside it. */
export interface GivenLine {
  readonly line: string;
  readonly source?: string;
  readonly sourcetype?: string;
  readonly host?: string;
}

/** A search, the events that it is run over, hour by hour, and the rows that come of it, in any order. */
export interface SearchCase {
  readonly search: string;
  /** Definitions by name, arguments in the name: `in_zone(zone)`. */
  readonly macros?: Readonly<Record<string, string>>;
  /** In the order in which they came. An object is an event of `at('13:00')` unless it says its time. */
  readonly events: readonly (Readonly<Record<string, unknown>> | GivenLine | string)[];
  readonly lookups?: Readonly<Record<string, NaiveLookup>>;
  readonly places?: Readonly<Record<string, NaivePlace>>;
  readonly rows: readonly PlainRow[];
}

/** A time of the day that all cases happen on. */
export const at = (clock: string): string => `2026-04-12T${clock.length === 5 ? `${clock}:00` : clock}Z`;

/** The macros that ESCU's searches call, as it defines them, but shorter where that will do. */
export const escuMacros: Readonly<Record<string, string>> = {
  kube_audit: 'source="kubernetes"',
  kube_allowed_images: 'objectRef.name IN (*splunk*, *falco*)',
  kube_allowed_locations: 'Country="United States"',
  kube_allowed_user_agents: 'userAgent=Helm/3.13.2',
  kube_allowed_user_groups: 'user.groups{} IN (admin)',
  kube_allowed_user_names: 'user.username=admin',
};

/** Where a case's events are said to come from unless they say so themselves. */
export const usualMetadata = {
  source: 'kubernetes',
  sourcetype: '_json',
  host: 'node-1',
  index: 'main',
} as const;

/** The lines of a case with all that is noted beside them. */
export function linesOf({ events }: Pick<SearchCase, 'events'>): readonly Required<GivenLine>[] {
  const { index: _, ...metadata } = usualMetadata;
  return events.map((event) => {
    if (typeof event === 'string') return { ...metadata, line: event };
    if (isLine(event)) return { ...metadata, ...event };
    return { ...metadata, line: JSON.stringify({ stageTimestamp: at('13:00'), ...event }) };
  });
}

const isLine = (event: object): event is GivenLine => 'line' in event;

/** Rows as texts that compare: columns by name, a single value as itself, sorted. */
export const comparable = (rows: readonly Columns[]): readonly string[] =>
  rows.map((row) => rowText(Object.fromEntries(row))).sort();

export const comparableRows = (rows: readonly PlainRow[]): readonly string[] => rows.map(rowText).sort();

type Columns = ReadonlyMap<string, readonly string[]>;

function rowText(row: PlainRow): string {
  const columns = Object.entries(row).map(([name, value]): [string, readonly string[]] => [
    name,
    [value].flat().map(numberText),
  ]);
  return JSON.stringify(Object.fromEntries(columns.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** The last digits of a long fraction are a matter of the order of additions. */
const numberText = (text: string): string =>
  /^-?\d+\.\d{8,}(?:e[-+]?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(10))) : text;
