/** Columns of a row: name to values. A column without a value is not there. */
export type Row = ReadonlyMap<string, readonly string[]>;

/** Rows between two commands. `ordered`: what order they are in is decided, so that later commands may depend on it. */
export interface Table {
  readonly rows: readonly Row[];
  readonly ordered: boolean;
}

/** A lookup table, and how its definition compares (spec/spl.md §3.7). */
export interface NaiveLookup {
  readonly fields: readonly string[];
  /** One text for each field. */
  readonly rows: readonly (readonly string[])[];
  readonly matchTypes: Readonly<Record<string, 'wildcard' | 'cidr'>>;
  readonly caseSensitive: boolean;
  readonly defaultMatch: string | undefined;
  readonly minMatches: number;
  readonly maxMatches: number;
}

export interface NaivePlace {
  readonly City: string;
  readonly Country: string;
  readonly Region: string;
  readonly lat: string;
  readonly lon: string;
}

/** What a search may ask for beside its rows. */
export interface World {
  /** What `now()` reads, in seconds: the end of the window. */
  readonly now: number;
  readonly lookups: ReadonlyMap<string, NaiveLookup>;
  /** Places by address. */
  readonly places: ReadonlyMap<string, NaivePlace>;
}

/**
 * The specification leaves open what comes out. A search and events that lead here say nothing about who is right.
 */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

/** A copy of a row with a column set; no values: removed. */
export function withColumn(row: Row, name: string, values: readonly string[]): Row {
  const copy = new Map(row);
  if (values.length === 0) copy.delete(name);
  else copy.set(name, values);
  return copy;
}

export const valuesOf = (row: Row, name: string): readonly string[] => row.get(name) ?? [];

/** The only value of a column, undefined if there is none; several are a case nobody has decided. */
export function singleOf(row: Row, name: string, what: string): string | undefined {
  const values = valuesOf(row, name);
  if (values.length > 1) throw new Undecided(`${what} of several values`);
  return values[0];
}
