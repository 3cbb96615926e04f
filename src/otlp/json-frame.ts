import { ascii, JsonCursor } from '../record/json-cursor.ts';
import { checkCount } from './limits.ts';

/** A request in JSON taken apart: its records, which are nearly all of it, and what is around them. */
export interface JsonFrame {
  /** The request, with the number of each record in its place. It is valid, as are the records, if the request is. */
  readonly text: string;
  /** By number: where in the request a record starts and ends (exclusive). */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const path = ['resourceLogs', 'scopeLogs', 'logRecords'];

/** Undefined if `request` is not valid JSON; what is in the values of the frame and in records is judged by who parses them. */
export function frameOf(request: Buffer): JsonFrame | undefined {
  const cutter = new FrameCutter(request);
  return cutter.cut() ? cutter : undefined;
}

class FrameCutter implements JsonFrame {
  text = '';
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly #request: Buffer;
  readonly #cursor: JsonCursor;

  constructor(request: Buffer) {
    this.#request = request;
    this.#cursor = new JsonCursor(request);
  }

  cut(): boolean {
    if (!this.#object(0) || this.#cursor.next() < this.#request.length) return false;
    this.text += this.#request.toString('utf8', this.ends.at(-1));
    return true;
  }

  /** Goes through an object with the list of that level, or whatever stands there instead. */
  #object(level: number): boolean {
    const cursor = this.#cursor;
    if (!cursor.take(ascii.openObject)) return cursor.value();
    if (cursor.take(ascii.closeObject)) return true;
    do {
      const key = cursor.key();
      if (key === undefined || !(key === path[level] ? this.#list(level) : cursor.value())) return false;
    } while (cursor.take(ascii.comma));
    return cursor.take(ascii.closeObject);
  }

  #list(level: number): boolean {
    const cursor = this.#cursor;
    if (!cursor.take(ascii.openList)) return cursor.value();
    if (cursor.take(ascii.closeList)) return true;
    const isInnermost = level === path.length - 1;
    do {
      if (!(isInnermost ? this.#record() : this.#object(level + 1))) return false;
    } while (cursor.take(ascii.comma));
    return cursor.take(ascii.closeList);
  }

  #record(): boolean {
    const start = this.#cursor.next();
    if (!this.#cursor.value()) return false;
    this.text += this.#request.toString('utf8', this.ends.at(-1), start) + String(this.ends.length);
    this.starts.push(start);
    checkCount(this.ends.push(this.#cursor.at));
    return true;
  }
}
