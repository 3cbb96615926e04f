import type { ReceivedRecords } from '../record/received-records.ts';
import type { LogRecord, Resource, Scope } from '../record/record.ts';
import { assert } from '../util/assert.ts';

/** How records of one encoding are read. `Source`: where one lies in its request, to be read as often as one likes. */
export interface RecordReading<Source> {
  /** Reads a record and forgets it. Throws `OtlpError` if it is none. The text is one as `ReceivedRecords` has it. */
  check(source: Source): { readonly eventName: string; readonly text: Uint8Array | undefined };
  /** Reads one that was checked. */
  read(source: Source, resource: Resource, scope: Scope): LogRecord;
}

/** The records of one resource, of which no more is kept than where they are: garbage is cheapest when it is young. */
export class RequestRecords<Source> implements ReceivedRecords {
  readonly resource: Resource;
  readonly #reading: RecordReading<Source>;
  readonly #sources: Source[] = [];
  readonly #scopes: Scope[] = [];
  readonly #eventNames: string[] = [];
  /** The memory that texts lie in, and where: two numbers a record, of which -1 is none. */
  #memory: ArrayBufferLike | undefined;
  readonly #texts: number[] = [];

  constructor(resource: Resource, reading: RecordReading<Source>) {
    this.resource = resource;
    this.#reading = reading;
  }

  /** Adds the record at `source`. Throws `OtlpError` if it is none. */
  add(source: Source, scope: Scope): void {
    const { eventName, text } = this.#reading.check(source);
    this.#sources.push(source);
    this.#scopes.push(scope);
    this.#eventNames.push(eventName);
    this.#texts.push(text?.byteOffset ?? -1, text?.length ?? -1);
    this.#memory ??= text?.buffer;
  }

  get size(): number {
    return this.#sources.length;
  }

  eventName(index: number): string {
    return this.#eventNames[index] ?? '';
  }

  text(index: number): Uint8Array | undefined {
    const [offset = -1, length] = [this.#texts[index * 2], this.#texts[index * 2 + 1]];
    return this.#memory === undefined || offset < 0
      ? undefined
      : new Uint8Array(this.#memory, offset, length);
  }

  record(index: number): LogRecord {
    const [source, scope] = [this.#sources[index], this.#scopes[index]];
    assert(source !== undefined && scope !== undefined, `no record ${index}`);
    return this.#reading.read(source, this.resource, scope);
  }
}
