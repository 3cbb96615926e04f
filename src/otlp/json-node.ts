import { JsonNumber, JsonObject, type Json } from '../record/json.ts';
import { OtlpError } from './otlp-error.ts';

/**
 * A value in a JSON text that knows its path, read by the rules of OTLP's JSON (spec/collector.md §4.5): keys in
 * lowerCamelCase, unknown ones ignored, null as good as absent, 64-bit integers as text or number, enums as
 * numbers, ids in hexadecimal, bytes in base64. Each reading method throws `OtlpError` if the value is another.
 */
export class JsonNode {
  readonly #value: Json;
  readonly #parent: JsonNode | undefined;
  readonly #step: string | number;

  constructor(value: Json, parent?: JsonNode, step: string | number = '') {
    this.#value = value;
    this.#parent = parent;
    this.#step = step;
  }

  /** Such as `resourceLogs[0].resource`; `the request` at the root. */
  get path(): string {
    const parent = this.#parent;
    if (parent === undefined) return 'the request';
    const above = parent.#parent === undefined ? '' : parent.path;
    if (typeof this.#step === 'number') return `${above}[${this.#step}]`;
    return above === '' ? this.#step : `${above}.${this.#step}`;
  }

  /** Another value at the same place. */
  holding(value: Json): JsonNode {
    return new JsonNode(value, this.#parent, this.#step);
  }

  /** The value of a key; undefined if it is absent or null. */
  field(key: string): JsonNode | undefined {
    if (!(this.#value instanceof JsonObject)) return this.#fail('an object');
    const value = this.#value.get(key) ?? null;
    return value === null ? undefined : new JsonNode(value, this, key);
  }

  /** The elements of an array. */
  items(): readonly JsonNode[] {
    const value = this.#value;
    if (!Array.isArray(value)) return this.#fail('a list');
    return value.map((item: Json, index) => new JsonNode(item, this, index));
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.#fail('a text');
  }

  boolean(): boolean {
    return typeof this.#value === 'boolean' ? this.#value : this.#fail('true or false');
  }

  /** An integer from `least` to `most`, as a number or as text. */
  integer(least: bigint, most: bigint): bigint {
    const text = this.#number();
    const value = /^-?\d{1,20}$/.test(text) ? BigInt(text) : this.#fail('an integer');
    return value >= least && value <= most ? value : this.#fail(`an integer from ${least} to ${most}`);
  }

  /** A floating-point number, as a number or as text, also `NaN`, `Infinity` and `-Infinity`. */
  double(): number {
    const text = this.#number();
    if (text === 'NaN') return Number.NaN;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isNaN(value) ? this.#fail('a number') : value;
  }

  /** An id of `bytes` bytes in lower-case hexadecimal, or empty. */
  hex(bytes: number): string {
    const text = this.text().toLowerCase();
    if (text === '') return '';
    return text.length === bytes * 2 && /^[0-9a-f]+$/.test(text)
      ? text
      : this.#fail(`${bytes * 2} hexadecimal digits`);
  }

  /** Bytes in base64, its URL alphabet too. */
  bytes(): Uint8Array {
    const text = this.text();
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) this.#fail('base64');
    return new Uint8Array(Buffer.from(text, 'base64'));
  }

  #number(): string {
    const value = this.#value;
    if (value instanceof JsonNumber) return value.text;
    return typeof value === 'string' ? value : this.#fail('a number');
  }

  #fail(wanted: string): never {
    throw new OtlpError(`${this.path} is not ${wanted}`);
  }
}
