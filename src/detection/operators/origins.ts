import { decodeRecord, encodeRecord } from '../../record/codec.ts';
import { logRecord, noResource, type Resource } from '../../record/record.ts';
import type { Attributes } from '../../record/value.ts';

/** Resources that are kept at hand; more than these are decoded again. */
const maxResources = 256;

/** Where the first event of a group came from and what it said of itself, as texts that state can keep. */
export class Origins {
  readonly #contextTexts = new WeakMap<Attributes, string>();
  readonly #resourceTexts = new WeakMap<Resource, string>();
  readonly #resources = new Map<string, Resource>();

  encode(context: Attributes, resource: Resource): readonly [context: string, resource: string] {
    let contextText = this.#contextTexts.get(context);
    if (contextText === undefined) {
      const attributes = context;
      contextText = encodeRecord(logRecord({ observedTime: 0n, resource: noResource, attributes }));
      this.#contextTexts.set(context, contextText);
    }
    return [contextText, this.encodeResource(resource)];
  }

  encodeResource(resource: Resource): string {
    let text = this.#resourceTexts.get(resource);
    if (text === undefined) {
      text = encodeRecord(logRecord({ observedTime: 0n, resource }));
      this.#resourceTexts.set(resource, text);
    }
    return text;
  }

  context(context: string): Attributes {
    return decodeRecord(context).attributes;
  }

  /** Equal texts give the same object, as records of one source share it. */
  resource(text: string): Resource {
    const known = this.#resources.get(text);
    if (known !== undefined) return known;
    if (this.#resources.size >= maxResources) this.#resources.clear();
    const { resource } = decodeRecord(text);
    this.#resources.set(text, resource);
    return resource;
  }
}
