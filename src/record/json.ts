import { JsonKeys, type Lead } from './json-keys.ts';
import { structureOf, type JsonStructure } from './json-structure.ts';

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

  /** The same object, of which nothing was read: what is read of it is let go with it. */
  get anew(): JsonObject {
    return new JsonObject(this.#source, this.#number, this.#start);
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
    const { text, structure } = this.#source;
    return text.slice(this.#start, structure.ends[this.#number]);
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
 * Parses one JSON text (RFC 8259), of any depth. Undefined if it is not valid JSON. Never throws, and needs no stack
 * (`structureOf`). `bytes`, if the caller has them, are those that `text` was decoded from.
 */
export function parseJson(text: string, bytes?: Uint8Array): Json | undefined {
  // As many bytes as code units: each byte became one, so that offsets are the same.
  const structure = structureOf(bytes?.length === text.length ? bytes : unitsOf(text));
  const source = structure && { text, structure, hasEscapes: text.includes('\\') };
  return source && new ValueReader(source, 0, 0).value();
}

/** A valid text, and where its containers end. */
interface JsonSource {
  readonly text: string;
  readonly structure: JsonStructure;
  /** A backslash stands somewhere in it. */
  readonly hasEscapes: boolean;
}

interface Members {
  readonly keys: JsonKeys;
  /** The value of each key; where nobody has asked for it yet, the offset at which it begins. */
  readonly values: (Json | number)[];
  /** Of each value the number of the next container: its own, if it is one. */
  readonly containers: readonly number[];
}

/** As `structureOf` wants them. */
function unitsOf(text: string): Uint8Array {
  const units = Buffer.from(text, 'latin1');
  // Mostly a text has no character beyond Latin-1, and each is its own byte.
  if (units.toString('latin1') === text) return units;
  for (let at = 0; at < text.length; at++) units[at] = Math.min(text.charCodeAt(at), 128);
  return units;
}

/** Reads one value after the other from a valid text, objects without what is in them. */
class ValueReader {
  readonly #source: JsonSource;
  readonly #text: string;
  /** Number of the container that comes next. */
  #container: number;
  #at: number;

  constructor(source: JsonSource, container: number, at: number) {
    this.#source = source;
    this.#text = source.text;
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
    const known = keys.met(this.#text, this.#at);
    if (known === undefined) {
      const from = this.#at;
      const key = this.#string();
      return keys.with(key, key.length === this.#at - from - 2);
    }
    this.#at += known.last.length + 2;
    return known;
  }

  /** Goes behind the value that begins here. */
  #skip(): void {
    const char = this.#text.charCodeAt(this.#at);
    if (char === 34) this.#at = closingQuote(this.#text, this.#at) + 1;
    else if (char === 123 || char === 91) this.#leave();
    else this.#other();
  }

  /** Goes behind the container that opens here. */
  #leave(): void {
    const { ends, after } = this.#source.structure;
    this.#at = ends[this.#container] ?? this.#text.length;
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
    switch (this.#text.charCodeAt(this.#at)) {
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
    while (isOfNumber(this.#text.charCodeAt(this.#at))) this.#at++;
    return new JsonNumber(this.#text.slice(from, this.#at));
  }

  #string(): string {
    const from = this.#at;
    const end = closingQuote(this.#text, from);
    this.#at = end + 1;
    const inside = this.#text.slice(from + 1, end);
    if (!this.#source.hasEscapes || !inside.includes('\\')) return inside;
    return JSON.parse(this.#text.slice(from, end + 1)) as string;
  }

  /** Goes to what comes next, over blanks, commas and colons; answers its first character. */
  #next(): number {
    for (;;) {
      const char = this.#text.charCodeAt(this.#at);
      if (char > 32 && char !== 44 && char !== 58) return char;
      this.#at++;
    }
  }
}

/** Where the string ends that begins at `from`: at the first quote that no backslash escapes. */
function closingQuote(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); ; end = text.indexOf('"', end + 1)) {
    let behind = end;
    while (text.charCodeAt(behind - 1) === 92) behind--;
    if ((end - behind) % 2 === 0) return end;
  }
}

/** A digit, or one of `+-.eE`. */
const isOfNumber = (char: number): boolean =>
  (char >= 48 && char <= 57) || char === 43 || char === 45 || char === 46 || char === 69 || char === 101;
