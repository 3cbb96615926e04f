import { stringify } from 'yaml';
import type { DetectionFile } from '../../../src/detection/frontends/frontend.ts';
import type { LookupDefinition } from '../../../src/detection/frontends/splunk/content.ts';
import type { References } from '../../../src/detection/reference.ts';
import { readLookup } from '../../../src/detection/references/read-lookup.ts';
import type { NaiveLookup } from './naive/table.ts';
import type { SearchCase } from './search-case.ts';

/** The lookups and places of a case as the product reads them: tables from CSV text, with a blank after each comma. */
export function referencesOf({
  lookups = {},
  places = {},
}: Pick<SearchCase, 'lookups' | 'places'>): References {
  const tables = new Map(Object.entries(lookups).map(([name, lookup]) => [name, tableOf(name, lookup)]));
  return {
    table: (name) => tables.get(name),
    places: {
      find: (address) => {
        const place = Object.hasOwn(places, address) ? places[address] : undefined;
        if (place === undefined) return undefined;
        const { City: city, Country: country, Region: region, lat, lon } = place;
        return { city, country, region, lat, lon, continent: '', metroCode: '', timezone: '' };
      },
    },
  };
}

function tableOf(name: string, lookup: NaiveLookup) {
  const csv = [lookup.fields, ...lookup.rows].map((cells) => cells.map(csvCell).join(', ')).join('\n');
  const { value } = readLookup(Buffer.from(csv), definitionOf(name, lookup));
  if (value === undefined) throw new Error(`the lookup ${name} cannot be read`);
  return value;
}

const csvCell = (text: string): string => (text.includes(',') ? `"${text}"` : text);

/** The definitions of the lookups of a case by name. */
export const definitionsOf = ({
  lookups = {},
}: Pick<SearchCase, 'lookups'>): ReadonlyMap<string, LookupDefinition> =>
  new Map(Object.entries(lookups).map(([name, lookup]) => [name, definitionOf(name, lookup)]));

const definitionOf = (name: string, lookup: NaiveLookup): LookupDefinition => ({
  ...lookup,
  name,
  file: `${name}.yml`,
  csv: `/lookups/${name}.csv`,
  matchTypes: new Map(Object.entries(lookup.matchTypes)),
});

/** The definition file of a lookup, in the older schema. */
export const lookupFile = (name: string, lookup: NaiveLookup): DetectionFile => ({
  path: `lookups/${name}.yml`,
  text: stringify({
    name,
    description: 'A table.',
    filename: `${name}.csv`,
    match_type: Object.entries(lookup.matchTypes)
      .map(([field, type]) => `${type.toUpperCase()}(${field})`)
      .join(','),
    case_sensitive_match: lookup.caseSensitive,
    default_match: lookup.defaultMatch,
    min_matches: lookup.minMatches,
    max_matches: lookup.maxMatches,
  }),
});
