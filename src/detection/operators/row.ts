import { hashOf } from '../../record/hash.ts';
import type { Json } from '../../record/json.ts';
import { fieldTexts } from '../../record/json-field.ts';
import type { Line } from '../../record/line.ts';
import type { Resource } from '../../record/record.ts';
import { parseTime, type Time } from '../../record/time.ts';
import type { Attributes } from '../../record/value.ts';
import type { FieldRef } from '../plan/field.ts';

/** One event on its way through the plans. Valid as long as its line is; what it works out, it works out once. */
export class Row {
  readonly event: Json;
  readonly line: Line;
  readonly resource: Resource;
  readonly #marked = new Map<string, readonly string[]>();
  readonly #hidden = new Map<string, readonly string[]>();
  readonly #contextOf: (event: Json) => Attributes;
  #context: Attributes | undefined;
  #id: string | undefined;
  #stamp: Time | undefined | null = null;

  /** `contextOf`: what an event says of itself, as attributes. */
  constructor(event: Json, line: Line, resource: Resource, contextOf: (event: Json) => Attributes) {
    this.event = event;
    this.line = line;
    this.resource = resource;
    this.#contextOf = contextOf;
  }

  /** The values of a field, in document order. */
  readonly texts = (field: FieldRef): readonly string[] => {
    const known = field.arrays === 'marked' ? this.#marked : this.#hidden;
    let texts = known.get(field.name);
    if (texts === undefined) {
      texts = fieldTexts(this.event, field.name, field.arrays);
      known.set(field.name, texts);
    }
    return texts;
  };

  /** Event time as the event itself says it: `stageTimestamp`, else `requestReceivedTimestamp` (design §5). */
  get stamp(): Time | undefined {
    if (this.#stamp !== null) return this.#stamp;
    this.#stamp = this.#timeOf('stageTimestamp') ?? this.#timeOf('requestReceivedTimestamp');
    return this.#stamp;
  }

  /** What a finding calls the line: equal bytes, equal id. */
  get id(): string {
    return (this.#id ??= hashOf(this.line.bytes));
  }

  /** What the event says of itself; always the same object. */
  get context(): Attributes {
    return (this.#context ??= this.#contextOf(this.event));
  }

  #timeOf(name: string): Time | undefined {
    const [text] = this.texts({ name, arrays: 'hidden' });
    return text === undefined ? undefined : parseTime(text);
  }
}
