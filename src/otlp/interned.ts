import { isDeepStrictEqual } from 'node:util';

/** One `Made` for all equal sources: serializers group by the identity of resource and scope. */
export class Interned<Source extends object, Made> {
  readonly #make: (source: Source) => Made;
  readonly #textOf: (source: Source) => string;
  readonly #byIdentity = new Map<Source, Made>();
  readonly #byText = new Map<string, { readonly source: Source; readonly made: Made }[]>();

  /** `textOf` is equal for equal sources; for others it nearly always differs. */
  constructor(textOf: (source: Source) => string, make: (source: Source) => Made) {
    this.#textOf = textOf;
    this.#make = make;
  }

  of(source: Source): Made {
    const known = this.#byIdentity.get(source);
    if (known !== undefined) return known;
    const made = this.#equal(source);
    this.#byIdentity.set(source, made);
    return made;
  }

  /** Records that come from the outbox have equal resources, but each its own object. */
  #equal(source: Source): Made {
    const text = this.#textOf(source);
    const candidates = this.#byText.get(text) ?? [];
    const equal = candidates.find((candidate) => isDeepStrictEqual(candidate.source, source));
    if (equal !== undefined) return equal.made;
    const made = this.#make(source);
    this.#byText.set(text, [...candidates, { source, made }]);
    return made;
  }
}
