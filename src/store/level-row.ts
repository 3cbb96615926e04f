import { crc32 } from 'node:zlib';
import { StoreError, type Stored } from './store.ts';

/**
 * Rows as LevelDB holds them. The first letter of a key is its area: `m` meta,
 * `q` queues, `s` state. A value is eight hexadecimal digits of CRC-32 over key
 * and JSON, then the JSON: LevelDB reads a flipped bit of its files without an
 * error, so every row proves itself (design §7).
 */
export const metaKey = 'm';

/** JSON, as keys may hold any text, lone surrogates too, which UTF-8 could not carry. */
export const stateKey = (table: string, key: string): string => `s${JSON.stringify([table, key])}`;

export function splitStateKey(key: string): readonly [table: string, key: string] {
  return JSON.parse(key.slice(1)) as [string, string];
}

export const queueKey = (queue: string, number: number): string =>
  `q${queue}\0${number.toString().padStart(16, '0')}`;

export function splitQueueKey(key: string): readonly [queue: string, number: number] {
  const end = key.lastIndexOf('\0');
  return [key.slice(1, end), Number(key.slice(end + 1))];
}

/** `json`: the value. */
export const sealed = (key: string, json: string): string => checksum(key, json) + json;

/** The value of a row; throws `StoreError` if the row is not what was written. */
export function unsealed(key: string, row: string): Stored {
  const json = row.slice(8);
  if (row.slice(0, 8) !== checksum(key, json)) {
    throw new StoreError(
      'corrupt',
      `the row ${JSON.stringify(key.slice(0, 80))} does not match its checksum`,
    );
  }
  return JSON.parse(json) as Stored;
}

const checksum = (key: string, json: string): string => crc32(json, crc32(key)).toString(16).padStart(8, '0');
