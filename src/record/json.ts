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

/** An object: its keys in source order, repeated ones too, and the value of each at the same index. */
export class JsonObject {
  readonly keys: string[] = [];
  readonly values: Json[] = [];

  /** The value of the first of equal keys. */
  get(key: string): Json | undefined {
    return this.values[this.keys.indexOf(key)];
  }
}

/**
 * Parses one JSON text (RFC 8259), of any depth. Undefined if it is not valid JSON.
 * Never throws, and needs no stack: an event may be nested 9,000 deep (spec/k8s-audit.md §12.2).
 */
export function parseJson(text: string): Json | undefined {
  return new Parser(text).parse();
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Json | undefined {
    // The containers that are open, innermost last, and for objects the key whose value comes next.
    const open: (JsonObject | Json[])[] = [];
    for (;;) {
      this.#skipBlanks();
      let value = this.#start();
      if (value === undefined) return undefined;
      if (value instanceof JsonObject || Array.isArray(value)) {
        const container = value as JsonObject | Json[];
        this.#skipBlanks();
        if (!this.#take(container instanceof JsonObject ? 125 : 93)) {
          open.push(container);
          if (container instanceof JsonObject && !this.#key(container)) return undefined;
          continue;
        }
      }
      // A value is complete: put it where it belongs, and close what it completes.
      for (;;) {
        const parent = open.at(-1);
        this.#skipBlanks();
        if (parent === undefined) return this.#at === this.#text.length ? value : undefined;
        if (parent instanceof JsonObject) parent.values.push(value);
        else parent.push(value);
        if (this.#take(44)) {
          if (parent instanceof JsonObject && !this.#key(parent)) return undefined;
          break;
        }
        if (!this.#take(parent instanceof JsonObject ? 125 : 93)) return undefined;
        value = parent;
        open.pop();
      }
    }
  }

  /** A scalar, or a container that has just been opened. */
  #start(): Json | undefined {
    const char = this.#text.charCodeAt(this.#at);
    switch (char) {
      case 34:
        return this.#string();
      case 123:
        this.#at++;
        return new JsonObject();
      case 91:
        this.#at++;
        return [];
      case 116:
        return this.#word('true', true);
      case 102:
        return this.#word('false', false);
      case 110:
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #key(object: JsonObject): boolean {
    this.#skipBlanks();
    const key = this.#string();
    this.#skipBlanks();
    if (key === undefined || !this.#take(58)) return false;
    object.keys.push(key);
    return true;
  }

  #word<T extends Json>(word: string, value: T): T | undefined {
    if (!this.#text.startsWith(word, this.#at)) return undefined;
    this.#at += word.length;
    return value;
  }

  #number(): JsonNumber | undefined {
    number.lastIndex = this.#at;
    const found = number.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return new JsonNumber(found);
  }

  #string(): string | undefined {
    const text = this.#text;
    const from = this.#at;
    if (text.charCodeAt(from) !== 34) return undefined;
    for (let at = from + 1; ; at++) {
      const char = text.charCodeAt(at);
      if (char === 34) {
        this.#at = at + 1;
        return text.slice(from + 1, at);
      }
      // A control character, the end of the text (NaN), or an escape.
      if (!(char >= 32) || char === 92) break;
    }
    return this.#escaped(from);
  }

  /** A string that holds a backslash, or is broken. */
  #escaped(from: number): string | undefined {
    let at = from + 1;
    for (;;) {
      const char = this.#text.charCodeAt(at);
      if (!(char >= 32)) return undefined;
      if (char === 34) break;
      at += char === 92 ? 2 : 1;
    }
    this.#at = at + 1;
    try {
      return JSON.parse(this.#text.slice(from, this.#at)) as string;
    } catch {
      return undefined;
    }
  }

  #take(char: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== char) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const char = this.#text.charCodeAt(this.#at);
      if (char > 32 || (char !== 32 && char !== 10 && char !== 13 && char !== 9)) return;
      this.#at++;
    }
  }
}
