import { ascii } from '../record/json-bytes.ts';
import { JsonCursor } from '../record/json-cursor.ts';

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

class ListReader {
  readonly spans: number[] = [];
  readonly #body: Buffer;
  readonly #cursor: JsonCursor;
  readonly #most: number;

  constructor(body: Buffer) {
    this.#body = body;
    this.#cursor = new JsonCursor(body);
    this.#most = fewEvents + body.length / shortestEvent;
  }

  /** What is wrong with the body. */
  read(): string | undefined {
    const cursor = this.#cursor;
    const said: Record<string, string> = {};
    if (!cursor.take(ascii.openObject)) return this.#expected('"{"');
    do {
      const key = cursor.key();
      if (key === undefined) return this.#expected('a name and ":"');
      const from = cursor.next();
      if (key === 'items' ? !this.#items() : !cursor.value()) return this.#expected('a value');
      if (told.has(key)) said[key] = this.#body.toString('latin1', from, Math.min(cursor.at, from + 64));
    } while (cursor.take(ascii.comma));
    if (!cursor.take(ascii.closeObject)) return this.#expected('"," or "}"');
    if (cursor.next() < this.#body.length) return this.#expected('nothing more');
    if (said['items'] === undefined) return 'there are no "items" in it';
    const isKnown = said['kind'] === '"EventList"' && said['apiVersion'] === `"${version}"`;
    return isKnown ? undefined : `it is no "EventList" of "${version}"`;
  }

  /** The list of events; null is an empty one. */
  #items(): boolean {
    const cursor = this.#cursor;
    const from = cursor.next();
    if (this.#body[from] === ascii.openList) return cursor.list(() => this.#event());
    return cursor.value() && this.#body.toString('latin1', from, cursor.at) === 'null';
  }

  #event(): boolean {
    const from = this.#cursor.next();
    if (!this.#cursor.value() || this.spans.length / 2 >= this.#most) return false;
    this.spans.push(from, this.#cursor.at);
    return true;
  }

  #expected(what: string): string {
    return `there should be ${what} at byte ${this.#cursor.at}`;
  }
}
