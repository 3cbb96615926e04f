import { containerEnd, stringEnd } from './json-ends.ts';

/** What stands in the body of a request. */
export interface EventList {
  /** Where in the body each event starts and ends (exclusive): two numbers an event, in order. */
  readonly spans: readonly number[];
  /** Why it is not wholly an `EventList` of `audit.k8s.io/v1`, at which byte; undefined if it is. */
  readonly problem: string | undefined;
}

const version = 'audit.k8s.io/v1';
/** What of the list itself matters. */
const told = new Set(['kind', 'apiVersion', 'items']);

/**
 * Finds the events in an `EventList` (spec/k8s-audit.md §5) without parsing them: they are lines, to be judged where
 * lines are. Finds those before a fault, too. Never throws, and needs no stack, however deep the body is nested.
 */
export function eventsIn(body: Buffer): EventList {
  const reader = new ListReader(body);
  return { spans: reader.spans, problem: reader.read() };
}

/** No event is so short: without a bound a body of numbers would become many times its size. */
const shortestEvent = 64;
const fewEvents = 1_024;

const [quote, comma, colon] = [34, 44, 58];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];

class ListReader {
  readonly spans: number[] = [];
  readonly #body: Buffer;
  readonly #most: number;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
    this.#most = fewEvents + body.length / shortestEvent;
  }

  /** What is wrong with the body. */
  read(): string | undefined {
    const said: Record<string, string> = {};
    if (!this.#take(openObject)) return this.#expected('"{"');
    do {
      const key = this.#text();
      if (key === undefined || !this.#take(colon)) return this.#expected('a name and ":"');
      const from = this.#next();
      if (key === 'items' ? !this.#items() : !this.#value()) return this.#expected('a value');
      if (told.has(key)) said[key] = this.#body.toString('latin1', from, Math.min(this.#at, from + 64));
    } while (this.#take(comma));
    if (!this.#take(closeObject)) return this.#expected('"," or "}"');
    if (this.#next() < this.#body.length) return this.#expected('nothing more');
    if (said['items'] === undefined) return 'there are no "items" in it';
    const isKnown = said['kind'] === '"EventList"' && said['apiVersion'] === `"${version}"`;
    return isKnown ? undefined : `it is no "EventList" of "${version}"`;
  }

  /** The list of events; null is an empty one. */
  #items(): boolean {
    if (this.#take(openList)) return this.#events();
    const from = this.#at;
    return this.#value() && this.#body.toString('latin1', from, this.#at) === 'null';
  }

  #events(): boolean {
    if (this.#take(closeList)) return true;
    do {
      const from = this.#next();
      if (!this.#value() || this.spans.length / 2 >= this.#most) return false;
      this.spans.push(from, this.#at);
    } while (this.#take(comma));
    return this.#take(closeList);
  }

  /** Passes over a value; false if there is none, or it has no end. */
  #value(): boolean {
    const from = this.#next();
    const byte = this.#body[from];
    if (byte === quote) this.#at = stringEnd(this.#body, from);
    else if (byte === openObject || byte === openList) this.#at = containerEnd(this.#body, from);
    else while (isWord(this.#body[this.#at])) this.#at++;
    return this.#at > from && this.#at <= this.#body.length;
  }

  /** The string here as it is written, without its quotes. */
  #text(): string | undefined {
    const from = this.#next();
    if (this.#body[from] !== quote || !this.#value()) return undefined;
    return this.#body.toString('latin1', from + 1, this.#at - 1);
  }

  #take(byte: number): boolean {
    if (this.#body[this.#next()] !== byte) return false;
    this.#at++;
    return true;
  }

  /** Passes over blanks; where the next byte is that is none. */
  #next(): number {
    while (isSpace(this.#body[this.#at])) this.#at++;
    return this.#at;
  }

  #expected(what: string): string {
    return `there should be ${what} at byte ${this.#at}`;
  }
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** What numbers, true, false and null are made of; whether it is one of them is judged where lines are. */
const isWord = (byte: number | undefined): boolean =>
  byte !== undefined && byte > 32 && byte !== comma && byte !== closeList && byte !== closeObject;
