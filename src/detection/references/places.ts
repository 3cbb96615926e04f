import { Reader, type CityResponse } from 'mmdb-lib';
import { parseAddress } from '../../util/network.ts';
import { reasonOf } from '../../util/reason-of.ts';
import type { Place, Places } from '../reference.ts';

/** Addresses whose places are remembered; all are forgotten together. */
const maxRemembered = 10_000;
const separatorSize = 16;

/**
 * A database in MaxMind's format (MaxMind DB 2.0) with the records of a city database, such as GeoLite2-City or
 * dbip-city-lite: names in English.
 *
 * Throws an `Error` whose message says in what way `bytes` are no such database. What the search tree points to is read
 * when it is asked for: if it is broken there, `complain` is called, once, and such addresses have no place.
 */
export class PlaceDatabase implements Places {
  readonly #reader: Reader<CityResponse>;
  readonly #complain: (message: string) => void;
  readonly #remembered = new Map<string, Place | undefined>();
  #complained = false;

  constructor(bytes: Buffer, complain: (message: string) => void) {
    this.#reader = openReader(bytes);
    this.#complain = complain;
  }

  find(address: string): Place | undefined {
    const groups = parseAddress(address);
    // A tree for IPv4 would read the first bits of an IPv6 address as one of its own.
    if (groups === undefined || (groups.length > 2 && this.#reader.metadata.ipVersion === 4))
      return undefined;
    if (this.#remembered.has(address)) return this.#remembered.get(address);
    const place = this.#read(address);
    if (this.#remembered.size === maxRemembered) this.#remembered.clear();
    this.#remembered.set(address, place);
    return place;
  }

  #read(address: string): Place | undefined {
    try {
      const record = this.#reader.get(address);
      return record === null ? undefined : placeOf(record);
    } catch (error) {
      if (!this.#complained)
        this.#complain(`is broken: what it holds of some addresses cannot be read (${reasonOf(error)})`);
      this.#complained = true;
      return undefined;
    }
  }
}

function openReader(bytes: Buffer): Reader<CityResponse> {
  let reader: Reader<CityResponse>;
  try {
    reader = new Reader<CityResponse>(bytes);
  } catch (error) {
    throw new Error('is no database in the MaxMind DB format', { cause: error });
  }
  const { binaryFormatMajorVersion, ipVersion, searchTreeSize } = reader.metadata;
  if (binaryFormatMajorVersion !== 2) throw new Error('is no database in version 2 of the MaxMind DB format');
  const separator = bytes.subarray(searchTreeSize, searchTreeSize + separatorSize);
  if (
    (ipVersion !== 4 && ipVersion !== 6) ||
    separator.length < separatorSize ||
    separator.some((byte) => byte !== 0)
  ) {
    throw new Error('is broken: its search tree does not end where its metadata say');
  }
  return reader;
}

/** A country database has some of it: what is missing is empty. */
function placeOf({ city, country, subdivisions, location, continent }: CityResponse): Place {
  return {
    city: textOf(city?.names?.en),
    country: textOf(country?.names?.en),
    region: textOf(subdivisions?.[0]?.names?.en),
    lat: textOf(location?.latitude),
    lon: textOf(location?.longitude),
    continent: textOf(continent?.names?.en),
    metroCode: textOf(location?.metro_code),
    timezone: textOf(location?.time_zone),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
