/** One key of an object that the name of a field may begin with: its index, and what of the name is left behind it. */
export interface Lead {
  readonly index: number;
  /** Empty: the key is the whole name. */
  readonly behind: string;
  /** `behind` without the dot that it begins with; undefined if it begins with none. */
  readonly below: string | undefined;
}

/** So many keys that follow on one sequence are remembered. */
const mostBranches = 8;
/** UTF-16 code units of a key that is remembered. */
const longestKey = 128;
/** After so many sequences and names that were new all are forgotten, so that no log makes them grow. */
const mostNews = 8_192;

/**
 * The keys of an object in source order, or the first of them. Events of one kind have the same keys in the same order,
 * so they share the sequence: no key is made a text again, and a field is not looked for again.
 */
export class JsonKeys {
  static #none = new JsonKeys(undefined, '');
  static #news = 0;
  readonly #before: JsonKeys | undefined;
  readonly #last: string;
  readonly #branches: JsonKeys[] = [];
  #leads: Map<string, readonly Lead[]> | undefined;
  #all: readonly string[] | undefined;

  private constructor(before: JsonKeys | undefined, last: string) {
    this.#before = before;
    this.#last = last;
  }

  /** The sequence without a key, which all others go on from. */
  static get none(): JsonKeys {
    return JsonKeys.#none;
  }

  /** Its last key. */
  get last(): string {
    return this.#last;
  }

  /** Its keys, repeated ones too. */
  get all(): readonly string[] {
    return (this.#all ??= JsonKeys.#listed(this));
  }

  /** This sequence and the key that stands in `text` behind the quote at `at`; undefined if that has not been met. */
  met(text: string, at: number): JsonKeys | undefined {
    for (let index = 0; index < this.#branches.length; index++) {
      const branch = this.#branches[index] as JsonKeys;
      const key = branch.#last;
      if (text.startsWith(key, at + 1) && text.charCodeAt(at + 1 + key.length) === 34) return branch;
    }
    return undefined;
  }

  /** This sequence and `key`, which has not been met. `plain`: it stands in its text as it is, in ASCII and without escapes. */
  with(key: string, plain: boolean): JsonKeys {
    JsonKeys.#count();
    if (!plain || key.length > longestKey || this.#branches.length === mostBranches) {
      return new JsonKeys(this, key);
    }
    // A copy: what is cut out of a line would keep the line.
    const branch = new JsonKeys(this, JSON.parse(`"${key}"`) as string);
    this.#branches.push(branch);
    return branch;
  }

  /** The keys that the field `name` may begin with, in order. */
  leadsTo(name: string): readonly Lead[] {
    const known = this.#leads?.get(name);
    if (known !== undefined) return known;
    JsonKeys.#count();
    const leads: Lead[] = [];
    for (const [index, key] of this.all.entries()) {
      if (!name.startsWith(key)) continue;
      const behind = name.slice(key.length);
      leads.push({ index, behind, below: behind.startsWith('.') ? behind.slice(1) : undefined });
    }
    (this.#leads ??= new Map()).set(name, leads);
    return leads;
  }

  static #listed(keys: JsonKeys): readonly string[] {
    const list: string[] = [];
    for (let at = keys; at.#before !== undefined; at = at.#before) list.push(at.#last);
    return list.reverse();
  }

  static #count(): void {
    if (++JsonKeys.#news < mostNews) return;
    JsonKeys.#news = 0;
    JsonKeys.#none = new JsonKeys(undefined, '');
  }
}
