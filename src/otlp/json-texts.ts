import { isUtf8 } from 'node:buffer';
import { ascii, isOfString } from '../record/json-bytes.ts';

/** Where a string stands in a request, and its text in the memory of `JsonTexts`: starts and ends (exclusive), in bytes. */
export interface JsonText {
  /** Between the quotes. */
  readonly from: number;
  readonly to: number;
  /** `start` is -1 if UTF-8 cannot hold the text, or the request is none there. */
  readonly start: number;
  readonly end: number;
}

const u = 117;
/** By the byte behind a backslash: what both stand for; 0 if that is not one byte. */
const escapes = new Uint8Array(256);
for (const [escape, meant] of Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13, '"': 34, '/': 47, '\\': 92 }))
  escapes[escape.charCodeAt(0)] = meant;

/** Texts of a request in JSON, as bytes: one behind the other, in one piece of memory. */
export class JsonTexts {
  readonly #request: Buffer;
  readonly #isUtf8: boolean;
  /** Every escape is longer than what it stands for. */
  readonly #memory: Buffer;
  #used = 0;
  #at = 0;

  constructor(request: Buffer) {
    this.#request = request;
    this.#isUtf8 = isUtf8(request);
    this.#memory = Buffer.allocUnsafeSlow(request.length);
  }

  /** The string whose text begins at `from`, behind its quote; undefined if it is not valid JSON. */
  read(from: number): JsonText | undefined {
    const start = this.#used;
    this.#at = from;
    const isWhole = this.#copy();
    if (isWhole === undefined) return undefined;
    const [to, end] = [this.#at, this.#used];
    const isText = isWhole && (this.#isUtf8 || isUtf8(this.#memory.subarray(start, end)));
    return { from, to, start: isText ? start : -1, end };
  }

  bytes({ start, end }: JsonText): Uint8Array | undefined {
    return start === -1 ? undefined : this.#memory.subarray(start, end);
  }

  /** Up to the closing quote. False if there is half a surrogate pair in it, undefined if it is not valid. */
  #copy(): boolean | undefined {
    const [request, memory] = [this.#request, this.#memory];
    let [at, used] = [this.#at, this.#used];
    let isWhole = true;
    for (;;) {
      let byte = request[at] ?? 0;
      for (; isOfString[byte] === 1; byte = request[++at] ?? 0) memory[used++] = byte;
      if (byte === ascii.quote) break;
      if (byte !== ascii.backslash) return undefined;
      const escape = request[at + 1] ?? 0;
      const meant = escapes[escape] ?? 0;
      if (meant !== 0) {
        memory[used++] = meant;
        at += 2;
        continue;
      }
      const code = escape === u ? this.#codePoint(at) : undefined;
      if (code === undefined) return undefined;
      isWhole &&= !isSurrogate(code);
      used += memory.write(String.fromCodePoint(code), used);
      at += code > 0xffff ? 12 : 6;
    }
    [this.#at, this.#used] = [at, used];
    return isWhole;
  }

  /** What the escape at `at` stands for, or it and the next one as a pair; undefined if it is none. */
  #codePoint(at: number): number | undefined {
    const high = this.#unit(at);
    if (high === undefined || high < 0xd800 || high > 0xdbff) return high;
    const low = this.#unit(at + 6) ?? 0;
    return low >= 0xdc00 && low <= 0xdfff ? (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000 : high;
  }

  #unit(at: number): number | undefined {
    const escape = this.#request.toString('latin1', at, at + 6);
    return /^\\u[\da-fA-F]{4}$/.test(escape) ? Number.parseInt(escape.slice(2), 16) : undefined;
  }
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
