/** A key that goes on from another one: `a.b` or `a{}` beside `a`. Looked for behind so many dots at most. */
const mostDots = 32;
const goesOn = /\.|\{\}/g;

/**
 * The names that keys of one object have spelled so far. `{"a.b": 1, "a": {"b": 2}}` spells `a.b` twice: which one
 * counts is what `fieldTexts` says.
 */
export class Spellings {
  /** Lengths of the names of keys of which one goes on from the other. */
  readonly #lengths: ReadonlySet<number>;
  readonly #objects = new Set<string>();
  readonly #owners = new Map<string, number>();

  private constructor(lengths: ReadonlySet<number>) {
    this.#lengths = lengths;
  }

  /**
   * Of an object with these keys, whose own names are as much longer as `base`. Undefined if no two different keys of it
   * can spell the same name.
   */
  static of(keys: readonly string[], base: number): Spellings | undefined {
    if (!keys.some((key) => key.includes('.') || key.includes('{}'))) return undefined;
    const known = new Set(keys);
    const lengths = new Set<number>();
    for (const key of known) {
      let dots = 0;
      for (const { index } of key.matchAll(goesOn)) {
        if (++dots > mostDots) break;
        if (known.has(key.slice(0, index))) lengths.add(base + index).add(base + key.length);
      }
    }
    return lengths.size === 0 ? undefined : new Spellings(lengths);
  }

  /** True if a value that key number `index` leads to counts under `name`. */
  counts(index: number, name: string): boolean {
    for (const length of this.#lengths) {
      if (name[length] === '.' && this.#objects.has(name.slice(0, length))) return false;
    }
    const owner = this.#owners.get(name) ?? index;
    this.#owners.set(name, owner);
    return owner === index;
  }

  /** The value of a key is an object: names below it are spelled by no later key. `name` is that of the key. */
  close(name: string): void {
    this.#objects.add(name);
  }
}
