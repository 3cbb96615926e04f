/** What plans look things up in. It may be replaced while they run: a table that was changed is read anew. */
export interface References {
  /** A lookup table by its name; undefined if there is none. */
  table(name: string): LookupTable | undefined;
  /** Undefined if no database of places is configured. */
  readonly places: Places | undefined;
}

export const noReferences: References = { table: () => undefined, places: undefined };

export interface LookupTable {
  /** All of its fields, in the order of the file. */
  readonly fields: readonly string[];
  /**
   * The rows whose fields match all of `wanted`, at most as many as its definition allows; filled up with its default
   * if there are fewer than it promises (spec/spl.md §3.7).
   */
  find(wanted: readonly LookupCriterion[]): readonly LookupRow[];
}

export interface LookupCriterion {
  readonly field: string;
  readonly value: string;
}

/** The text of a field of a row; undefined if it has no such field. */
export type LookupRow = (field: string) => string | undefined;

/** Where addresses are. */
export interface Places {
  /** Undefined for an address without a place: a private one, or no address at all. */
  find(address: string): Place | undefined;
}

/** Texts; empty where the database knows the country, say, but not the city (spec/spl.md §3.6). */
export interface Place {
  readonly city: string;
  readonly country: string;
  readonly region: string;
  readonly lat: string;
  readonly lon: string;
  readonly continent: string;
  readonly metroCode: string;
  readonly timezone: string;
}
