import { ascii } from '../record/json-bytes.ts';
import { JsonCursor } from '../record/json-cursor.ts';
import { JsonTexts, type JsonText } from './json-texts.ts';
import { checkCount } from './limits.ts';

/** A request in JSON taken apart: its records, which are nearly all of it, and what is around them. */
export interface JsonFrame {
  /** The request, with the number of each record in its place. It is valid, as are the records, if the request is. */
  readonly around: string;
  /** By number. */
  readonly records: readonly RecordPlace[];
  readonly texts: JsonTexts;
}

/** Where in the request a record starts and ends (exclusive), and the text that is its body, if it is one. */
export interface RecordPlace {
  readonly start: number;
  readonly end: number;
  readonly text: JsonText | undefined;
}

const path = ['resourceLogs', 'scopeLogs', 'logRecords'];

/**
 * Undefined if `request` is not valid JSON. Bodies that are texts are read as such, as they are nearly all of their
 * records; whatever else is in them, or around them, is judged by who parses it.
 */
export function frameOf(request: Buffer): JsonFrame | undefined {
  const cutter = new FrameCutter(request);
  return cutter.cut() ? cutter : undefined;
}

class FrameCutter implements JsonFrame {
  around = '';
  readonly records: RecordPlace[] = [];
  readonly texts: JsonTexts;
  readonly #request: Buffer;
  readonly #cursor: JsonCursor;
  /** What `around` has. */
  #passed = 0;
  #text: JsonText | undefined;

  constructor(request: Buffer) {
    this.#request = request;
    this.#cursor = new JsonCursor(request);
    this.texts = new JsonTexts(request);
  }

  cut(): boolean {
    if (!this.#level(0) || this.#cursor.next() < this.#request.length) return false;
    this.around += this.#request.toString('utf8', this.#passed);
    return true;
  }

  /** Goes through what has the list of that level, as well as any other of that name: which one counts is judged later. */
  #level(level: number): boolean {
    const isInnermost = level === path.length - 1;
    const item = isInnermost ? () => this.#record() : () => this.#level(level + 1);
    const cursor = this.#cursor;
    return cursor.object((key) => (key === path[level] ? cursor.list(item) : cursor.value()));
  }

  #record(): boolean {
    const cursor = this.#cursor;
    const start = cursor.next();
    this.#text = undefined;
    if (!cursor.object(first('body', () => this.#body(), cursor))) return false;
    this.around += this.#request.toString('utf8', this.#passed, start) + String(this.records.length);
    this.#passed = cursor.at;
    checkCount(this.records.push({ start, end: cursor.at, text: this.#text }));
    return true;
  }

  #body(): boolean {
    return this.#cursor.object(first('stringValue', () => this.#string(), this.#cursor));
  }

  #string(): boolean {
    const cursor = this.#cursor;
    if (this.#request[cursor.next()] !== ascii.quote) return cursor.value();
    this.#text = this.texts.read(cursor.at + 1);
    if (this.#text === undefined) return false;
    cursor.pass(this.#text.to + 1);
    return true;
  }
}

/** For `JsonCursor.object`: has `value` pass over what the first of equal keys holds. */
function first(wanted: string, value: () => boolean, cursor: JsonCursor): (key: string) => boolean {
  let isMet = false;
  return (key) => {
    if (key !== wanted || isMet) return cursor.value();
    isMet = true;
    return value();
  };
}
