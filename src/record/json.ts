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

/** An object, read from the text when somebody first asks: of most objects of an event nobody does. */
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
    return this.#read().keys;
  }

  /** The value of each key, at the same index. */
  get values(): readonly Json[] {
    return this.#read().values;
  }

  /** As it stands in the text that it was read from. */
  get text(): string {
    const { text, structure } = this.#source;
    return text.slice(this.#start, structure.ends[this.#number]);
  }

  /** The value of the first of equal keys. */
  get(key: string): Json | undefined {
    const { keys, values } = this.#read();
    return values[keys.indexOf(key)];
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
  readonly keys: readonly string[];
  readonly values: readonly Json[];
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
    const keys: string[] = [];
    const values: Json[] = [];
    while (this.#next() !== 125) {
      keys.push(this.#string());
      values.push(this.value());
    }
    return { keys, values };
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
    const { ends, after } = this.#source.structure;
    const object = new JsonObject(this.#source, this.#container, this.#at);
    this.#at = ends[this.#container] ?? this.#text.length;
    this.#container = after[this.#container] ?? ends.length;
    return object;
  }

  #number(): JsonNumber {
    const from = this.#at;
    while (isOfNumber(this.#text.charCodeAt(this.#at))) this.#at++;
    return new JsonNumber(this.#text.slice(from, this.#at));
  }

  #string(): string {
    const text = this.#text;
    const from = this.#at;
    let end = text.indexOf('"', from + 1);
    if (this.#source.hasEscapes) {
      const escape = text.slice(from, end).indexOf('\\');
      if (escape !== -1) end = closingQuote(text, from + escape);
      this.#at = end + 1;
      if (escape !== -1) return JSON.parse(text.slice(from, end + 1)) as string;
    }
    this.#at = end + 1;
    return text.slice(from + 1, end);
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

/** Where a string ends; `from` is the offset of the first backslash in it. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 1)) {
    let behind = at;
    while (text.charCodeAt(behind - 1) === 92) behind--;
    // Each two of the backslashes before it are one that is escaped.
    if ((at - behind) % 2 === 0) return at;
  }
}

/** A digit, or one of `+-.eE`. */
const isOfNumber = (char: number): boolean =>
  (char >= 48 && char <= 57) || char === 43 || char === 45 || char === 46 || char === 69 || char === 101;
