import { topLevelKeys } from '../../../../util/yaml/top-level-keys.ts';

/** What a file of Splunk's content is about (spec/spl.md §4). */
export type ContentKind =
  | 'detection'
  | 'baseline'
  | 'investigation'
  | 'macro'
  | 'deployment'
  | 'lookup'
  | 'story'
  | 'playbook'
  | 'dashboard'
  | 'data source';

type Keys = ReadonlyMap<string, string>;

/** What tells each kind from those below it. */
const signs: readonly (readonly [ContentKind, (keys: Keys) => boolean])[] = [
  ['baseline', (keys) => keys.has('search') && keys.get('type') === 'Baseline'],
  ['investigation', (keys) => keys.has('search') && keys.get('type') === 'Investigation'],
  ['detection', (keys) => keys.has('rba') || (has(keys, 'search', 'name') && hasOne(keys, 'type', 'tags'))],
  ['macro', (keys) => has(keys, 'name', 'definition')],
  ['deployment', (keys) => keys.has('scheduling')],
  [
    'lookup',
    (keys) => keys.has('lookup_type') || (keys.has('name') && hasOne(keys, 'filename', 'collection')),
  ],
  ['story', (keys) => has(keys, 'name', 'narrative')],
  ['playbook', (keys) => has(keys, 'name', 'playbook')],
  ['dashboard', (keys) => has(keys, 'name', 'theme')],
  ['data source', (keys) => has(keys, 'name', 'source', 'sourcetype')],
];

/** What `text` is by its keys; undefined if it is nothing of Splunk's. Nothing is checked yet. */
export function contentKind(text: string): ContentKind | undefined {
  const keys = topLevelKeys(text);
  return signs.find(([, fits]) => fits(keys))?.[0];
}

const has = (keys: Keys, ...names: readonly string[]): boolean => names.every((name) => keys.has(name));
const hasOne = (keys: Keys, ...names: readonly string[]): boolean => names.some((name) => keys.has(name));
