import { hashOf } from '../../record/hash.ts';
import type { Json } from '../../record/json.ts';
import { fieldTexts } from '../../record/json-field.ts';
import type { Batch } from '../../record/batch.ts';
import type { Line } from '../../record/line.ts';
import type { Resource } from '../../record/record.ts';
import { parseTime, type Time } from '../../record/time.ts';
import type { Attributes } from '../../record/value.ts';
import type { FieldRef } from '../plan/field.ts';
import { sealed } from './sealed.ts';

/** What is known of the kind of events that rows are made of. Pure. */
export interface Meaning {
  /** What an event says of itself, for findings. */
  readonly contextOf: (event: Json) => Attributes;
  /** One value of a field without secret material: the value itself if there is none in it. */
  readonly redact: (field: string, text: string, event: { readonly context: Attributes }) => string;
}

/** One event on its way through the plans. Valid as long as its line is; what it works out, it works out once. */
export class Row {
  readonly event: Json;
  readonly line: Line;
  readonly #source: Pick<Batch, 'resource' | 'attributes'>;
  readonly #meaning: Meaning;
  readonly #marked = new Map<string, readonly string[]>();
  readonly #hidden = new Map<string, readonly string[]>();
  #context: Attributes | undefined;
  #id: string | undefined;
  #stamp: Time | undefined | null = null;

  constructor(event: Json, line: Line, source: Pick<Batch, 'resource' | 'attributes'>, meaning: Meaning) {
    this.event = event;
    this.line = line;
    this.#source = source;
    this.#meaning = meaning;
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

  /** The values of a field as state may keep them (`sealed`). For conditions `texts` is what they are. */
  kept(field: FieldRef): readonly string[] {
    return this.texts(field).map((text) => sealed(text, this.#meaning.redact(field.name, text, this)));
  }

  get resource(): Resource {
    return this.#source.resource;
  }

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

  /** What the event says of itself, and its source where the event does not; always the same object. */
  get context(): Attributes {
    return (this.#context ??= { ...this.#source.attributes, ...this.#meaning.contextOf(this.event) });
  }

  #timeOf(name: string): Time | undefined {
    const [text] = this.texts({ name, arrays: 'hidden' });
    return text === undefined ? undefined : parseTime(text);
  }
}
