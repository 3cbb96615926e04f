import type { Problem } from '../../util/problem.ts';
import { shortPath } from '../../util/read-files.ts';
import { reasonOf } from '../../util/reason-of.ts';
import type { LookupDefinition } from '../frontends/splunk/content.ts';
import type { LookupTable, Places, References } from '../reference.ts';
import { readLookup } from './read-lookup.ts';
import { PlaceDatabase } from './places.ts';
import type { Reading } from './reading.ts';
import { ReloadedFile, type Refreshed } from './reloaded-file.ts';

const maxTableBytes = 64 * 1024 * 1024;
const maxDatabaseBytes = 1024 * 1024 * 1024;

export interface ReferenceFiles {
  readonly definitions: Iterable<LookupDefinition>;
  /** The fields that detections name: by table, each with the id of a detection. */
  readonly needed: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The database of places, absolute; undefined if there is none. */
  readonly geoip: string | undefined;
}

/** References out of files. What they say changes in `refresh` alone, so never in the middle of a unit of work. */
export class ReloadingReferences implements References {
  readonly #tables: ReadonlyMap<string, ReloadedFile<LookupTable>>;
  readonly #places: ReloadedFile<Places> | undefined;

  constructor(
    tables: ReadonlyMap<string, ReloadedFile<LookupTable>>,
    places: ReloadedFile<Places> | undefined,
  ) {
    this.#tables = tables;
    this.#places = places;
  }

  table(name: string): LookupTable | undefined {
    return this.#tables.get(name)?.current;
  }

  get places(): Places | undefined {
    return this.#places?.current;
  }

  /**
   * Reads anew the files that have changed. One that can no longer be used is told of once, and what it held before
   * stays. Answers the paths of those that were taken over, and the problems of all. Never throws.
   */
  async refresh(): Promise<{ readonly changed: readonly string[]; readonly problems: readonly Problem[] }> {
    const files = [...this.#tables.values(), ...(this.#places === undefined ? [] : [this.#places])];
    const refreshed: (readonly [string, Refreshed])[] = [];
    for (const file of files) refreshed.push([file.path, await file.refresh()]);
    return {
      changed: refreshed.flatMap(([path, { changed }]) => (changed ? [path] : [])),
      problems: refreshed.flatMap(([, { problems }]) => problems),
    };
  }
}

/**
 * Reads the tables of lookup definitions and the database of places. With an error among the problems nothing should
 * run. `complain` hears of what turns out to be broken later, while something is looked up.
 */
export async function loadReferences(
  { definitions, needed, geoip }: ReferenceFiles,
  complain: (problem: Problem) => void,
): Promise<{ readonly references: ReloadingReferences; readonly problems: readonly Problem[] }> {
  const tables = new Map<string, ReloadedFile<LookupTable>>();
  for (const definition of definitions) {
    const fields = needed.get(definition.name);
    const make = (bytes: Buffer): Reading<LookupTable> => readLookup(bytes, definition, fields);
    const what = `the table of the lookup "${definition.name}"`;
    tables.set(definition.name, new ReloadedFile(definition.csv, what, maxTableBytes, make));
  }
  const places = geoip === undefined ? undefined : placesIn(geoip, complain);
  const references = new ReloadingReferences(tables, places);
  const { problems } = await references.refresh();
  return { references, problems };
}

function placesIn(path: string, complain: (problem: Problem) => void): ReloadedFile<Places> {
  const file = shortPath(path);
  return new ReloadedFile<Places>(path, 'the database of places', maxDatabaseBytes, (bytes) => {
    try {
      const value = new PlaceDatabase(bytes, (message) => complain(problem(file, message)));
      return { value, problems: [] };
    } catch (error) {
      const message = reasonOf(error);
      return { value: undefined, problems: [problem(file, message)] };
    }
  });
}

const problem = (file: string, message: string): Problem => ({
  severity: 'error',
  file,
  line: 0,
  column: 0,
  path: '',
  message,
});
