import { JsonKeys, type Lead } from './json-keys.ts';
import { JsonSource } from './json-source.ts';

/**
 * A parsed JSON text that keeps what `JSON.parse` loses: the source text of
 * numbers (403, 403.0 and 4.03e2 are three values, spec/spl.md §9) and
 * repeated keys.
 */
export type Json = string | boolean | null | JsonNumber | readonly Json[] | JsonObject;

/** A number, as the source wrote it. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object, read from the text when somebody first asks, and each of its values: of most nobody does. */
export class JsonObject {
  readonly #source: JsonSource;
  readonly #number: number;
  readonly #start: number;
  #members: Members | undefined;

  /** The container of that number, which opens at `start`. */
  constructor(source: JsonSource, number: number, start: number) {
    this.#source = source;
    this.#number = number;
    this.#start = start;
  }

  /** Its keys in source order, repeated ones too. */
  get keys(): readonly string[] {
    return this.#read().keys.all;
  }

  /** The value of each key, at the same index. */
  get values(): readonly Json[] {
    return this.keys.map((_, index) => this.value(index));
  }

  /** The value of the key at `index`. */
  value(index: number): Json {
    const { values, containers } = this.#read();
    const value = values[index] as Json | number;
    if (typeof value !== 'number') return value;
    return (values[index] = new ValueReader(this.#source, containers[index] ?? 0, value).value());
  }

  /** As it stands in the text that it was read from. */
  get text(): string {
    const { structure, units } = this.#source;
    return this.#source.slice(this.#start, structure.ends[this.#number] ?? units.length);
  }

  /** The value of the first of equal keys. */
  get(key: string): Json | undefined {
    const index = this.keys.indexOf(key);
    return index === -1 ? undefined : this.value(index);
  }

  /** The keys that the field `name` may begin with, in order. */
  leadsTo(name: string): readonly Lead[] {
    return this.#read().keys.leadsTo(name);
  }

  #read(): Members {
    return (this.#members ??= new ValueReader(this.#source, this.#number + 1, this.#start + 1).members());
  }
}

/**
 * Parses one JSON text (RFC 8259), of any depth, or the bytes of one in UTF-8, which may change afterwards. Undefined if it
 * is not valid JSON. Never throws, and needs no stack (`structureOf`).
 */
export function parseJson(json: string | Uint8Array): Json | undefined {
  const source = JsonSource.of(json);
  return source && new ValueReader(source, 0, 0).value();
}

interface Members {
  readonly keys: JsonKeys;
  /** The value of each key; where nobody has asked for it yet, the offset at which it begins. */
  readonly values: (Json | number)[];
  /** Of each value the number of the next container: its own, if it is one. */
  readonly containers: readonly number[];
}

/** Reads one value after the other from a valid text, objects without what is in them. */
class ValueReader {
  readonly #source: JsonSource;
  readonly #units: string;
  /** Number of the container that comes next. */
  #container: number;
  #at: number;

  constructor(source: JsonSource, container: number, at: number) {
    this.#source = source;
    this.#units = source.units;
    this.#container = container;
    this.#at = at;
  }

  /** Of an object, from behind its `{`. */
  members(): Members {
    let keys = JsonKeys.none;
    const values: number[] = [];
    const containers: number[] = [];
    while (this.#next() !== 125) {
      keys = this.#key(keys);
      this.#next();
      values.push(this.#at);
      containers.push(this.#container);
      this.#skip();
    }
    return { keys, values, containers };
  }

  #key(keys: JsonKeys): JsonKeys {
    const known = keys.met(this.#units, this.#at);
    if (known === undefined) {
      const from = this.#at;
      const key = this.#string();
      // Only what is the same in every text: of what is not ASCII, bytes are other code units.
      const isPlain = key.length === this.#at - from - 2 && key.length === Buffer.byteLength(key);
      return keys.with(key, isPlain);
    }
    this.#at += known.last.length + 2;
    return known;
  }

  /** Goes behind the value that begins here. */
  #skip(): void {
    const char = this.#units.charCodeAt(this.#at);
    if (char === 34) this.#at = this.#closingQuote() + 1;
    else if (char === 123 || char === 91) this.#leave();
    else this.#other();
  }

  /** Goes behind the container that opens here. */
  #leave(): void {
    const { ends, after } = this.#source.structure;
    this.#at = ends[this.#container] ?? this.#units.length;
    this.#container = after[this.#container] ?? ends.length;
  }

  value(): Json {
    return this.#next() === 91 ? this.#array() : this.#other();
  }

  /** Arrays may be nested as deep as objects. */
  #array(): readonly Json[] {
    const outermost: Json[] = [];
    const open = [outermost];
    this.#enter();
    for (let array = open.at(-1); array !== undefined; array = open.at(-1)) {
      const char = this.#next();
      if (char === 93) {
        this.#at++;
        open.pop();
      } else if (char === 91) {
        const inner: Json[] = [];
        array.push(inner);
        open.push(inner);
        this.#enter();
      } else array.push(this.#other());
    }
    return outermost;
  }

  /** The array that opens here. */
  #enter(): void {
    this.#container++;
    this.#at++;
  }

  /** Whatever is no array. */
  #other(): Json {
    switch (this.#units.charCodeAt(this.#at)) {
      case 34:
        return this.#string();
      case 123:
        return this.#object();
      case 116:
        this.#at += 4;
        return true;
      case 102:
        this.#at += 5;
        return false;
      case 110:
        this.#at += 4;
        return null;
      default:
        return this.#number();
    }
  }

  #object(): JsonObject {
    const object = new JsonObject(this.#source, this.#container, this.#at);
    this.#leave();
    return object;
  }

  #number(): JsonNumber {
    const from = this.#at;
    while (isOfNumber(this.#units.charCodeAt(this.#at))) this.#at++;
    return new JsonNumber(this.#units.slice(from, this.#at));
  }

  #string(): string {
    const from = this.#at;
    const end = this.#closingQuote();
    this.#at = end + 1;
    const inside = this.#source.slice(from + 1, end);
    if (!this.#source.hasEscapes || !inside.includes('\\')) return inside;
    return JSON.parse(this.#source.slice(from, end + 1)) as string;
  }

  /** Where the string ends that begins here: at the first quote that no backslash escapes. */
  #closingQuote(): number {
    const { structure, hasEscapes } = this.#source;
    const end = this.#units.indexOf('"', this.#at + 1);
    if (!hasEscapes || this.#units.charCodeAt(end - 1) !== 92) return end;
    return structure.quotes.get(this.#at) ?? unescapedQuote(this.#units, end);
  }

  /** Goes to what comes next, over blanks, commas and colons; answers its first character. */
  #next(): number {
    for (;;) {
      const char = this.#units.charCodeAt(this.#at);
      if (char > 32 && char !== 44 && char !== 58) return char;
      this.#at++;
    }
  }
}

/** The first quote from the one at `from` on that no backslash escapes; at least one stands between it and the string's own. */
function unescapedQuote(units: string, from: number): number {
  for (let end = from; ; end = units.indexOf('"', end + 1)) {
    let behind = end;
    while (units.charCodeAt(behind - 1) === 92) behind--;
    if ((end - behind) % 2 === 0) return end;
  }
}

/** A digit, or one of `+-.eE`. */
const isOfNumber = (char: number): boolean =>
  (char >= 48 && char <= 57) || char === 43 || char === 45 || char === 46 || char === 69 || char === 101;
