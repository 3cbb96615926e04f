import { ascii, isJsonBlank } from './json-bytes.ts';
import { containerEnd, stringEnd } from './json-ends.ts';

/**
 * Goes through a JSON text in UTF-8 and passes over what nobody asks for: whether that is valid is for others to judge.
 * Never throws, and needs no stack, however deep the text is nested.
 */
export class JsonCursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The offset behind all that it has passed. */
  get at(): number {
    return this.#at;
  }

  /** Passes over blanks; where the next byte is that is none. */
  next(): number {
    while (isJsonBlank(this.#bytes[this.#at] ?? 0)) this.#at++;
    return this.#at;
  }

  /** Passes over `byte`; false if another one is next. */
  take(byte: number): boolean {
    if (this.#bytes[this.next()] !== byte) return false;
    this.#at++;
    return true;
  }

  /** Passes over a value; false if there is none, or it has no end. */
  value(): boolean {
    const from = this.next();
    const byte = this.#bytes[from];
    if (byte === ascii.quote) this.#at = stringEnd(this.#bytes, from);
    else if (byte === ascii.openObject || byte === ascii.openList) this.#at = containerEnd(this.#bytes, from);
    else while (isWord(this.#bytes[this.#at])) this.#at++;
    return this.#at > from && this.#at <= this.#bytes.length;
  }

  /** Passes over an object, of each key by `value`; over anything else as `value` does. False if that is not to be had. */
  object(value: (key: string) => boolean): boolean {
    if (!this.take(ascii.openObject)) return this.value();
    if (this.take(ascii.closeObject)) return true;
    do {
      const key = this.key();
      if (key === undefined || !value(key)) return false;
    } while (this.take(ascii.comma));
    return this.take(ascii.closeObject);
  }

  /** As `object`, over a list. */
  list(item: () => boolean): boolean {
    if (!this.take(ascii.openList)) return this.value();
    if (this.take(ascii.closeList)) return true;
    do if (!item()) return false;
    while (this.take(ascii.comma));
    return this.take(ascii.closeList);
  }

  /** Goes on at `to`: who calls it knows what stands before. */
  pass(to: number): void {
    this.#at = to;
  }

  /** Passes over a key and its colon; the key, or undefined if there is none. */
  key(): string | undefined {
    const from = this.next();
    if (this.#bytes[from] !== ascii.quote || !this.value()) return undefined;
    const key = unescaped(this.#bytes.toString('utf8', from, this.#at));
    return this.take(ascii.colon) ? key : undefined;
  }
}

function unescaped(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** What numbers, true, false and null are made of. */
const isWord = (byte: number | undefined): boolean =>
  byte !== undefined &&
  byte > 32 &&
  byte !== ascii.comma &&
  byte !== ascii.closeList &&
  byte !== ascii.closeObject;
