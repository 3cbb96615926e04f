import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePlaces } from '../../../scripts/make-places.mjs';
import { PlaceDatabase } from '../../../src/detection/references/places.ts';
import { compileNetwork } from '../../../src/util/network.ts';

const never = (message: string): void => {
  throw new Error(message);
};

const nothing = {
  city: '',
  country: '',
  region: '',
  lat: '',
  lon: '',
  continent: '',
  metroCode: '',
  timezone: '',
};

describe('the place of', () => {
  const places = new PlaceDatabase(makePlaces(), never);
  for (const [what, address, place] of [
    [
      'a city',
      '34.1.2.3',
      {
        city: 'Amsterdam',
        country: 'Netherlands',
        region: 'North Holland',
        lat: '52.374',
        lon: '4.8897',
        continent: 'Europe',
        metroCode: '',
        timezone: 'Europe/Amsterdam',
      },
    ],
    ['a metropolis', '8.8.8.8', { metroCode: '807', country: 'United States', lon: '-122.0775' }],
    ['a country of which no city is known', '1.1.1.9', { ...nothing, country: 'Australia' }],
    ['an IPv6 address', '2001:db8::1', { country: 'Documentation', city: 'Nowhere' }],
    ['a private address', '10.1.2.3', undefined],
    ['an address beside a network', '1.1.2.0', undefined],
    ['a loopback address', '::1', undefined],
    ['an address with a leading zero', '034.1.2.3', undefined],
    ['half an address', '34.1.2', undefined],
    ['an address with a port', '34.1.2.3:80', undefined],
    ['a name', 'system:anonymous', undefined],
    ['nothing', '', undefined],
  ] as const) {
    test(what, () => {
      // The second answer comes from memory.
      for (const found of [places.find(address), places.find(address)]) {
        if (place === undefined) expect(found).toBeUndefined();
        else expect(found).toMatchObject(place);
      }
    });
  }
});

test('a database of IPv4 has no place for an IPv6 address', () => {
  const place = { country: { names: { en: 'X' } } };
  const places = new PlaceDatabase(
    makePlaces([{ address: [32, 0, 0, 0], prefix: 3, place }], { version: 4 }),
    never,
  );
  expect(places.find('34.1.2.3')).toMatchObject({ country: 'X' });
  expect(places.find('2001:db8::1')).toBeUndefined();
});

test('what is no text and no number is empty', () => {
  const place = {
    city: ['x'],
    country: { names: { de: 'Y' } },
    location: { latitude: { x: 'y' }, longitude: 0 },
  };
  const places = new PlaceDatabase(makePlaces([{ address: [1, 0, 0, 0], prefix: 8, place }]), never);
  expect(places.find('1.2.3.4')).toEqual({ ...nothing, lon: '0' });
});

const version4 = fc.tuple(fc.constantFrom(10, 34), fc.nat(3), fc.nat(3), fc.nat(255));
const version6 = fc
  .tuple(fc.constantFrom(0x20, 0xfd), fc.nat(3))
  .map(([a, b]): number[] => [a, b, ...Array.from({ length: 13 }, () => 0), a]);
const textOf = (bytes: readonly number[]): string =>
  bytes.length === 4
    ? bytes.join('.')
    : Array.from({ length: 8 }, (_, at) =>
        ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16),
      ).join(':');
const network = fc.oneof(
  fc.tuple(version4, fc.integer({ min: 1, max: 32 })),
  // Larger ones would hold ::/96 as well, and with it all of IPv4: they share a tree.
  fc.tuple(version6, fc.integer({ min: 3, max: 128 })),
);

for (const recordSize of [24, 28, 32] as const) {
  test(`the smallest network counts, in a tree of ${recordSize} bits`, () => {
    const seen = { found: 0, nested: 0, missed: 0 };
    const networks = fc.uniqueArray(network, {
      maxLength: 12,
      selector: ([bytes, prefix]) => `${prefix} ${beginning(bytes, prefix)}`,
    });
    fc.assert(
      fc.property(networks, fc.array(fc.oneof(version4, version6)), (given, addresses) => {
        const places = new PlaceDatabase(
          makePlaces(
            given.map(([address, prefix], index) => ({
              address,
              prefix,
              place: { city: { names: { en: `c${index}` } } },
            })),
            { recordSize },
          ),
          never,
        );
        for (const text of addresses.map(textOf)) {
          const holding = given
            .map(([bytes, prefix], index) => ({ index, prefix, cidr: `${textOf(bytes)}/${prefix}` }))
            .filter(({ cidr }) => compileNetwork(cidr)?.(text) === true)
            .sort((a, b) => b.prefix - a.prefix);
          expect(places.find(text)?.city).toBe(holding[0] && `c${holding[0].index}`);
          if (holding.length === 0) seen.missed++;
          else if (holding.length === 1) seen.found++;
          else seen.nested++;
        }
      }),
      { seed: recordSize, numRuns: 150 },
    );
    expect(Math.min(seen.found, seen.nested, seen.missed)).toBeGreaterThan(20);
  });
}

/** The first bits of an address, as text. */
const beginning = (bytes: readonly number[], bits: number): string =>
  `${bytes.length} ${bytes
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, bits)}`;

describe('no database is', () => {
  const good = makePlaces();
  for (const [what, bytes, reason] of [
    ['an empty file', Buffer.alloc(0), 'is no database in the MaxMind DB format'],
    ['a text', Buffer.from('city,country\nAmsterdam,Netherlands\n'.repeat(50)), 'MaxMind DB format'],
    ['one that was cut short', good.subarray(0, good.length - 40), 'MaxMind DB format'],
    ['one without its beginning', good.subarray(100), 'its search tree does not end where its metadata say'],
  ] as const) {
    test(what, () => {
      expect(() => new PlaceDatabase(bytes, never)).toThrow(reason);
    });
  }
});

test('a database with any byte changed finds a place or none, and complains at most once', () => {
  const good = makePlaces();
  const seen = { refused: 0, complained: 0, fine: 0 };
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ change;
      const complaints: string[] = [];
      let places: PlaceDatabase;
      try {
        places = new PlaceDatabase(bytes, (message) => void complaints.push(message));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        seen.refused++;
        return;
      }
      for (const address of ['34.1.2.3', '8.8.8.8', '1.1.1.1', '10.0.0.1', '2001:db8::1']) {
        const place = places.find(address);
        expect(Object.values(place ?? {}).every((text) => typeof text === 'string')).toBe(true);
      }
      expect(complaints.length).toBeLessThanOrEqual(1);
      seen[complaints.length === 0 ? 'fine' : 'complained']++;
    }),
    { seed: 5, numRuns: 3_000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
});
