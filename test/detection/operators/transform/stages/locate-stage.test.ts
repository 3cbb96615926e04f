import { expect, test } from 'vitest';
import { locateStage } from '../../../../../src/detection/operators/transform/stages/locate-stage.ts';
import { noReferences, type Place } from '../../../../../src/detection/reference.ts';
import { columnsOf, written } from '../table.ts';

const known: Place = {
  city: '',
  country: 'France',
  region: '',
  lat: '48.85',
  lon: '2.35',
  continent: 'Europe',
  metroCode: '',
  timezone: 'Europe/Paris',
};
const references = {
  ...noReferences,
  places: { find: (address: string) => (address === '34.1.1.1' ? known : undefined) },
};
const country = { City: '', Country: 'France', Region: '', lat: '48.85', lon: '2.35' };

for (const [name, options, row, expected] of [
  ['an address known by its country has empty texts (trap 15)', {}, { ip: '34.1.1.1' }, country],
  ['a private address adds nothing (trap 15)', {}, { ip: '10.1.2.3' }, {}],
  ['a row without the column stays as it is', {}, { City: 'x' }, {}],
  ['only the first of several addresses counts', {}, { ip: ['10.1.2.3', '34.1.1.1'] }, {}],
  ['what was there is replaced', {}, { ip: '34.1.1.1', City: 'x' }, country],
  ['what was there stays without a place', {}, { ip: '10.1.2.3', City: 'x' }, {}],
  [
    'names may have a prefix',
    { prefix: 'src_' },
    { ip: '34.1.1.1' },
    { src_City: '', src_Country: 'France', src_Region: '', src_lat: '48.85', src_lon: '2.35' },
  ],
  [
    'all that is known',
    { all: true },
    { ip: '34.1.1.1' },
    { ...country, Continent: 'Europe', MetroCode: '', Timezone: 'Europe/Paris' },
  ],
] as const) {
  test(name, () => {
    const stage = locateStage({ kind: 'locate', column: 'ip', prefix: '', all: false, ...options });
    expect(stage(columnsOf(row), { now: 0n, references }).map(written)).toEqual([{ ...row, ...expected }]);
  });
}

test('without a database rows stay as they are', () => {
  const row = columnsOf({ ip: '34.1.1.1' });
  const stage = locateStage({ kind: 'locate', column: 'ip', prefix: '', all: false });
  expect(stage(row, { now: 0n, references: noReferences })).toEqual([row]);
});
