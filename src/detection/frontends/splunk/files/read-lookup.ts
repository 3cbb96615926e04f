import { basename, dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { check } from '../../../../util/yaml/check.ts';
import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import type { LookupDefinition } from '../content.ts';
import { contentFields } from './content-fields.ts';

const flag = z.union([z.boolean(), z.stringbool()], { error: 'must be true or false' });
/** A whole number, in quotes or not. */
const whole = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.int().min(least).max(most),
  );
const mostMatches = 1_000;

const matchFields = {
  /** A list in the current schema; one text, such as `WILDCARD(a),CIDR(b)`, in the older one. */
  match_type: z
    .union([z.string(), z.array(z.string())], { error: 'must be a text or a list of texts' })
    .nullish(),
  case_sensitive_match: flag.default(true),
  default_match: z.union([z.boolean(), z.string()], { error: 'must be a text, true or false' }).optional(),
  min_matches: whole(0, mostMatches).default(0),
  max_matches: whole(1, mostMatches).default(mostMatches),
};

/** Current schema: the table is the CSV beside the file, of its name. */
const currentLookup = z.strictObject({
  ...contentFields,
  ...matchFields,
  lookup_type: z.enum(['csv', 'kvstore', 'mlmodel']),
  fields: z.array(z.string()).nullish(),
});

/** Older schema: the file names its table; other keys are let be. */
const olderLookup = z.looseObject({
  name: contentFields.name,
  ...matchFields,
  filename: z.string().min(1).nullish(),
  collection: z.string().nullish(),
});

/**
 * A lookup definition (spec/spl.md §3.7, §4.2); undefined if something is wrong, or if its table is none that we can
 * read: a KV store's or a model's, which is a warning.
 */
export function readLookup(file: YamlFile): LookupDefinition | undefined {
  const isCurrent = file.treeAt(['lookup_type']) !== undefined;
  const read = isCurrent ? currentTable(file) : olderTable(file);
  if (read === undefined) return undefined;
  const { source, csv } = read;
  if (csv === undefined) {
    file.warning(
      ['name'],
      `passed over: the lookup "${source.name}" has no CSV file, the only kind that can be read`,
    );
    return undefined;
  }
  const matchTypes = matchTypesOf(file, source.match_type ?? []);
  if (source.min_matches > source.max_matches) file.error(['min_matches'], 'is more than "max_matches"');
  if (file.failed) return undefined;
  return {
    name: source.name,
    file: file.path,
    csv: resolve(dirname(file.path), csv),
    matchTypes,
    caseSensitive: source.case_sensitive_match,
    defaultMatch: source.default_match === undefined ? undefined : String(source.default_match),
    minMatches: source.min_matches,
    maxMatches: source.max_matches,
  };
}

interface Table {
  readonly source: Pick<z.infer<typeof olderLookup>, 'name' | keyof typeof matchFields>;
  /** Undefined if there is none. */
  readonly csv: string | undefined;
}

function currentTable(file: YamlFile): Table | undefined {
  const { source } = check(file, currentLookup);
  if (source === undefined) return undefined;
  const stem = basename(file.path, extname(file.path));
  return { source, csv: source.lookup_type === 'csv' ? `${stem}.csv` : undefined };
}

function olderTable(file: YamlFile): Table | undefined {
  const { source } = check(file, olderLookup);
  return source && { source, csv: source.filename ?? undefined };
}

function matchTypesOf(
  file: YamlFile,
  written: string | readonly string[],
): ReadonlyMap<string, 'wildcard' | 'cidr' | 'exact'> {
  const items = typeof written === 'string' ? written.split(/[,\s]+(?![^(]*\))/) : written;
  const types = new Map<string, 'wildcard' | 'cidr' | 'exact'>();
  for (const [index, item] of items.entries()) {
    const [, how = '', field = ''] = /^\s*(\w+)\s*\(\s*([^()]+?)\s*\)\s*$/.exec(item) ?? [];
    const type = matchType[how.toUpperCase()];
    const path = typeof written === 'string' ? ['match_type'] : ['match_type', index];
    if (type !== undefined) types.set(field, type);
    else if (item.trim() !== '')
      file.error(path, `"${item}" is no match type; write WILDCARD(field), CIDR(field) or EXACT(field)`);
  }
  return types;
}

const matchType: Readonly<Record<string, 'wildcard' | 'cidr' | 'exact'>> = {
  WILDCARD: 'wildcard',
  CIDR: 'cidr',
  EXACT: 'exact',
};
