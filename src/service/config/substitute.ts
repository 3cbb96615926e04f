import { didYouMean } from '../../util/suggest.ts';

/** The variables that `${env:NAME}` names; a variable that is not set is not in it. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Substitution =
  /** `whole`: the text was one `${...}` and nothing else. `value`: undefined if that names a variable that is not set. */
  | {
      readonly kind: 'done';
      readonly whole: boolean;
      readonly value: string | undefined;
      /** Variables that were needed, are not set and have no default. */
      readonly unset: readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string };

const maxLength = 2 ** 20;
const maxDepth = 20;
const namePattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const schemePattern = /^([A-Za-z][A-Za-z0-9+.-]+):/;

/**
 * Replaces `${env:NAME}`, `${NAME}` and `${env:NAME:-default}` by the values of variables (spec/collector.md §1.3).
 *
 * `$$` is `$`; an odd number of `$` right before `${` takes its meaning away. `$NAME` stays. A default counts if
 * the variable is not set, not if it is empty. Inside `${}` another `${}` is replaced first. Values of variables
 * are taken as they are: a `$` in a password means nothing.
 */
export function substitute(text: string, environment: Environment): Substitution {
  try {
    return new Substitutor(text, environment).run();
  } catch (error) {
    if (error instanceof Failure) return { kind: 'failed', message: error.message };
    throw error;
  }
}

/** Leaves the recursion; never leaves this file. */
class Failure extends Error {}

class Substitutor {
  readonly #text: string;
  readonly #environment: Environment;
  readonly #unset: string[] = [];
  #at = 0;
  #length = 0;

  constructor(text: string, environment: Environment) {
    this.#text = text;
    this.#environment = environment;
  }

  run(): Substitution {
    if (this.#text.startsWith('${')) {
      this.#at = 2;
      const value = this.#evaluate(1);
      if (this.#at === this.#text.length) return { kind: 'done', whole: true, value, unset: this.#unset };
      this.#at = 0;
      this.#unset.length = 0;
    }
    return { kind: 'done', whole: false, value: this.#outside(), unset: this.#unset };
  }

  #outside(): string {
    let out = '';
    while (this.#at < this.#text.length) {
      const dollar = this.#text.indexOf('$', this.#at);
      if (dollar === -1) return out + this.#text.slice(this.#at);
      out += this.#text.slice(this.#at, dollar);
      this.#at = dollar;
      const dollars = this.#dollars();
      const opens = this.#text[this.#at] === '{' && dollars % 2 === 1;
      out += '$'.repeat(opens ? (dollars - 1) / 2 : Math.ceil(dollars / 2));
      if (!opens) continue;
      this.#at++;
      out += this.#bounded(this.#evaluate(1) ?? '');
    }
    return out;
  }

  /** What the `${...}` stands for whose inside begins here; stops behind its `}`. */
  #evaluate(depth: number): string | undefined {
    if (depth > maxDepth) throw new Failure('"${" is nested too deep');
    const before = this.#unset.length;
    const inside = this.#inside(depth);
    const { name, fallback } = parseReference(inside);
    const value = Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined;
    // Variables that only the default names were not needed.
    if (value !== undefined) this.#unset.length = before;
    else if (fallback === undefined) this.#unset.push(name);
    return value ?? fallback;
  }

  #inside(depth: number): string {
    let out = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined)
        throw new Failure('"${" without "}"; write "$${" for the characters themselves');
      if (char === '}') {
        this.#at++;
        return out;
      }
      if (this.#text.startsWith('${', this.#at)) {
        this.#at += 2;
        out += this.#bounded(this.#evaluate(depth + 1) ?? '');
      } else if (char === '$') {
        throw new Failure('a "$" inside "${...}" is not supported');
      } else {
        out += char;
        this.#at++;
      }
    }
  }

  #dollars(): number {
    const from = this.#at;
    while (this.#text[this.#at] === '$') this.#at++;
    return this.#at - from;
  }

  #bounded(value: string): string {
    this.#length += value.length;
    if (this.#length > maxLength) throw new Failure('the variables make it longer than 1 MiB');
    return value;
  }
}

/** `env:NAME:-default`, `env:NAME` or `NAME`. */
function parseReference(inside: string): { name: string; fallback: string | undefined } {
  const scheme = schemePattern.exec(inside)?.[1];
  if (scheme !== undefined && scheme !== 'env') throw new Failure(schemeMessage(scheme, inside));
  const rest = scheme === undefined ? inside : inside.slice('env:'.length);
  const split = scheme === undefined ? -1 : rest.indexOf(':-');
  const name = split === -1 ? rest : rest.slice(0, split);
  if (namePattern.test(name)) return { name, fallback: split === -1 ? undefined : rest.slice(split + 2) };
  // What is behind a ":" may be a default, and that a secret.
  const shown = name.split(':')[0]?.slice(0, 100) ?? '';
  const advice = name.includes(':-') ? `; write "\${env:${shown}:-...}" for a default` : '';
  throw new Failure(
    `"${shown}" is no name of an environment variable: letters, digits and "_", no digit first${advice}`,
  );
}

function schemeMessage(scheme: string, inside: string): string {
  const advice = inside.startsWith(`${scheme}:-`)
    ? `; write "\${env:${scheme}:-...}" for a default`
    : didYouMean(scheme, ['env']);
  return `"${scheme}:" is not supported in "\${...}", only "env:" is${advice}`;
}
