import type { Batch } from '../../record/batch.ts';
import { hashOf } from '../../record/hash.ts';
import type { Json } from '../../record/json.ts';
import { fieldTexts } from '../../record/json-field.ts';
import { fieldsOf } from '../../record/json-fields.ts';
import { keyValues } from '../../record/key-values.ts';
import type { Line } from '../../record/line.ts';
import type { Resource } from '../../record/record.ts';
import { timeIn } from '../../record/text-time.ts';
import { epochText, type Time } from '../../record/time.ts';
import type { Attributes } from '../../record/value.ts';
import { bounded } from '../bounded.ts';
import type { FieldRef } from '../plan/field.ts';
import { defaultProvenance, provenanceOf, type Provenance } from '../provenance.ts';
import { timeOfEvent } from './event-time.ts';
import { sealed, sealedWhole } from './sealed.ts';

/** What is known of the kind of events that rows are made of. Pure. */
export interface Meaning {
  /** What an event says of itself, for findings, and the attributes of its source where it does not; bounded. */
  readonly contextOf: (event: Json, source: Attributes) => Attributes;
  /** One value of a field without secret material: the value itself if there is none in it. */
  readonly redact: (field: string, text: string, event: Subject) => string;
  /** Where events come from whose resource does not say; `defaultProvenance` if left out. */
  readonly splunk?: Provenance;
}

/** The event that a value is of; `event` is undefined for a line of plain text. */
interface Subject {
  readonly event: Json | undefined;
  readonly context: Attributes;
}

/** Names that `names` gives at most; `texts` knows every field all the same. */
const maxNames = 10_000;

const noTexts: readonly string[] = [];

/** One event on its way through the plans. Valid as long as its line is; what it works out, it works out once. */
export class Row implements Subject {
  /** Undefined for a line of plain text, which native detections never see: it has fields for Splunk's only. */
  readonly event: Json | undefined;
  readonly line: Line;
  readonly #source: Pick<Batch, 'resource' | 'attributes'>;
  readonly #meaning: Meaning;
  readonly #received: Time | undefined;
  #marked: Map<string, readonly string[]> | undefined;
  #hidden: Map<string, readonly string[]> | undefined;
  #pairs: ReadonlyMap<string, string> | undefined;
  #context: Attributes | undefined;
  #id: string | undefined;
  #stamp: Time | undefined | null = null;

  /** `received`: what `_time` reads where the event has no time of its own. */
  constructor(
    event: Json | undefined,
    line: Line,
    source: Pick<Batch, 'resource' | 'attributes'>,
    meaning: Meaning,
    received?: Time,
  ) {
    this.event = event;
    this.line = line;
    this.#source = source;
    this.#meaning = meaning;
    this.#received = received;
  }

  /**
   * The values of a field, in document order. With `marked` arrays `source sourcetype host index _time _raw` are what
   * is known of the line, whatever the event has under those names.
   */
  readonly texts = (field: FieldRef): readonly string[] => {
    const marked = field.arrays === 'marked';
    const known = marked ? (this.#marked ??= new Map()) : (this.#hidden ??= new Map());
    let texts = known.get(field.name);
    if (texts === undefined) {
      texts = marked ? this.#markedTexts(field.name) : this.#plainTexts(field);
      known.set(field.name, texts);
    }
    return texts;
  };

  /** The values of a field as state may keep them (`sealed`). For conditions `texts` is what they are. */
  kept(field: FieldRef): readonly string[] {
    return this.texts(field).map((text) => sealed(text, this.#meaning.redact(field.name, text, this)));
  }

  /** The values of a field without secrets (`sealedWhole`), of any length. State may not keep them so. */
  whole(field: FieldRef): readonly string[] {
    return this.texts(field).map((text) => sealedWhole(text, this.#meaning.redact(field.name, text, this)));
  }

  /** The names of all fields in Splunk's naming that the row has values for: at most 10,000, those of the line first. */
  names(): readonly string[] {
    const marked = (this.#marked ??= new Map());
    const names: string[] = metadata.filter((name) => this.texts({ name, arrays: 'marked' }).length > 0);
    for (const [name, texts] of this.#fields()) {
      if (names.length === maxNames) break;
      if (isMetadata(name)) continue;
      marked.set(name, texts);
      names.push(name);
    }
    return names;
  }

  get resource(): Resource {
    return this.#source.resource;
  }

  /** Event time as the event itself says it (spec/spl.md §9); of plain text the first time in it. */
  get stamp(): Time | undefined {
    if (this.#stamp === null) this.#stamp = this.#findStamp();
    return this.#stamp;
  }

  /** What a finding calls the line: equal bytes, equal id. */
  get id(): string {
    return (this.#id ??= hashOf(this.line.bytes));
  }

  /** What the event says of itself, and its source where the event does not, bounded; always the same object. */
  get context(): Attributes {
    const { attributes } = this.#source;
    return (this.#context ??=
      this.event === undefined
        ? bounded({ ...attributes })
        : this.#meaning.contextOf(this.event, attributes));
  }

  get #provenance(): Provenance {
    return this.#meaning.splunk ?? defaultProvenance;
  }

  #markedTexts(name: string): readonly string[] {
    if (!isMetadata(name)) return this.#plainTexts({ name, arrays: 'marked' });
    const text = this.#metadata(name);
    return text === undefined ? noTexts : [text];
  }

  #plainTexts({ name, arrays }: FieldRef): readonly string[] {
    if (this.event !== undefined) return fieldTexts(this.event, name, arrays);
    const text = arrays === 'marked' ? this.#keyValues().get(name) : undefined;
    return text === undefined ? noTexts : [text];
  }

  #metadata(name: Metadata): string | undefined {
    if (name === '_raw') return this.line.text;
    if (name !== '_time') return provenanceOf(name, this.#source.resource, this.#provenance);
    const time = this.stamp ?? this.#received;
    return time === undefined ? undefined : epochText(time);
  }

  #findStamp(): Time | undefined {
    const { timeField } = this.#provenance;
    if (this.event !== undefined) return timeOfEvent(this.texts, timeField);
    const chosen = timeField === '' ? undefined : this.#keyValues().get(timeField);
    return timeIn(chosen ?? '') ?? timeIn(this.line.text);
  }

  #keyValues(): ReadonlyMap<string, string> {
    return (this.#pairs ??= keyValues(this.line.text));
  }

  #fields(): Iterable<readonly [string, readonly string[]]> {
    if (this.event !== undefined) return fieldsOf(this.event, maxNames);
    return Array.from(this.#keyValues(), ([name, text]) => [name, [text]]);
  }
}

const metadata = ['source', 'sourcetype', 'host', 'index', '_time', '_raw'] as const;

type Metadata = (typeof metadata)[number];

const metadataNames: ReadonlySet<string> = new Set(metadata);

/** True for what `marked` fields of these names hold of every line, instead of what its event has under them. */
export const isMetadata = (name: string): name is Metadata => metadataNames.has(name);
