import type { Search } from '../../../src/detection/frontends/splunk/spl/ast.ts';
import { lowerSearch } from '../../../src/detection/frontends/splunk/lower/lower-search.ts';
import type { Plan } from '../../../src/detection/plan/plan.ts';
import { definitionsOf, referencesOf } from './references.ts';
import { compile, detectionText } from './run-search.ts';
import type { SearchCase } from './search-case.ts';

const place = {
  City: 'Amsterdam',
  Country: 'Netherlands',
  Region: 'North Holland',
  lat: '52.37',
  lon: '4.89',
};

/** What generated searches look things up in. */
export const world = {
  places: {
    '34.1.1.1': place,
    '1.1.1.1': { City: '', Country: 'Australia', Region: '', lat: '', lon: '' },
  },
  lookups: {
    paths: {
      fields: ['pattern', 'verdict'],
      rows: [
        ['*/etc/passwd*', 'yes'],
        ['a,*', 'listed'],
        ['k=*', 'pairs'],
      ],
      matchTypes: { pattern: 'wildcard' },
      caseSensitive: false,
      defaultMatch: 'false',
      minMatches: 1,
      maxMatches: 1,
    },
    owners: {
      fields: ['user', 'team', 'level'],
      rows: [
        ['a', 'red', '1'],
        ['ADMIN', 'blue', '2'],
        ['admin', 'green', '3'],
      ],
      matchTypes: {},
      caseSensitive: false,
      defaultMatch: undefined,
      minMatches: 0,
      maxMatches: 1_000,
    },
    nets: {
      fields: ['net', 'zone'],
      rows: [
        ['10.0.0.0/8', 'inside'],
        ['::/0', 'six'],
      ],
      matchTypes: { net: 'cidr' },
      caseSensitive: true,
      defaultMatch: undefined,
      minMatches: 0,
      maxMatches: 1_000,
    },
  },
} satisfies Pick<SearchCase, 'places' | 'lookups'>;

/** The same for the product. */
export const references = referencesOf(world);

const lookups = definitionsOf(world);
const template = compile(
  { path: 'a_search.yml', text: detectionText('verb=get | stats count') },
  'scheduled',
  {},
);
const schedule = template.steps.flatMap((step) => (step.kind === 'transform' ? [step.schedule] : []))[0];

/** The plan of a search; throws what the product has against it. */
export function planOf(search: Search): Plan {
  const wrong: string[] = [];
  if (schedule === undefined) throw new Error('the schedule of a deployment is missing');
  const around = { schedule, lookups, missingLookup: 'error' } as const;
  const lowered = lowerSearch(search, around, ({ severity, message }) => {
    if (severity === 'error') wrong.push(message);
  });
  if (lowered === undefined) throw new Error(wrong.join('; '));
  return { ...template, where: lowered.where, steps: [lowered.transform] };
}
