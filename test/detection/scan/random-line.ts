import type { Random } from './random.ts';
import { audit, type Vocabulary } from './vocabulary.ts';

/** Lines that are, mostly, events: written in every way that JSON allows, and in some that it does not. */
export function randomLine(random: Random, vocabulary: Vocabulary): Buffer {
  if (random.chance(0.01))
    return Buffer.from(random.pick(['plain text, GET /x', '[1,{"verb":"get"}]', '\t {}', '{}', '{']));
  const writer = new LineWriter(random, vocabulary);
  const text = vocabulary.names === audit.names && random.chance(0.6) ? writer.event() : writer.object(0);
  const line = Buffer.from(`${writer.blank()}${text}${writer.blank()}`);
  return random.chance(0.06) ? damaged(line, random) : line;
}

/** Cut off, a byte changed, or something behind it. None has a newline. */
function damaged(line: Buffer, random: Random): Buffer {
  const at = random.below(line.length + 1);
  switch (random.below(4)) {
    case 0:
      return line.subarray(0, at);
    case 1:
      return Buffer.concat([
        line.subarray(0, at),
        Buffer.from([random.pick([0, 34, 92, 123, 125, 44, 0x80, 0xff, 13])]),
        line.subarray(at),
      ]);
    case 2:
      return Buffer.concat([line, Buffer.from(random.pick([' x', ',', '}', '{"verb":"get"}', '\0']))]);
    default:
      return Buffer.concat([line.subarray(0, at), line.subarray(at + 1)]);
  }
}

/** A character in another way than usual: `/` with a backslash, others by their code. */
function escaped(code: number, random: Random): string {
  if (code === 47) return '\\/';
  const hex = code.toString(16).padStart(4, '0');
  return `\\u${random.chance(0.5) ? hex.toUpperCase() : hex}`;
}

class LineWriter {
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  /** How often something unusual is written. */
  readonly #odd: number;

  constructor(random: Random, vocabulary: Vocabulary) {
    this.#random = random;
    this.#vocabulary = vocabulary;
    this.#odd = random.pick([0, 0, 0.02, 0.1]);
  }

  blank(): string {
    return this.#random.chance(this.#odd) ? this.#random.pick([' ', '\t', '  ', '\r', ' \t ']) : '';
  }

  /** An audit event, more or less, with keys in the order of an apiserver or in another. */
  event(): string {
    const random = this.#random;
    const members = [
      this.#member('level', () => this.string('Metadata')),
      this.#member('verb', () => this.#scalar()),
      this.#member('user', () => this.#user()),
      this.#member('sourceIPs', () => this.#strings()),
      this.#member('objectRef', () => this.#struct('resource', 'name')),
      this.#member('responseStatus', () => this.#struct('code')),
      this.#member('requestObject', () => this.object(1)),
      this.#member('responseObject', () => this.object(1)),
      this.#member('annotations', () => this.#struct('authorization.k8s.io/decision')),
      ...random.list(2, () => this.#any(0)),
    ].filter(() => !random.chance(0.2));
    if (random.chance(0.1)) members.sort(() => random.next() - 0.5);
    return this.#join('{', members, '}');
  }

  object(depth: number): string {
    return this.#join(
      '{',
      this.#random.list(depth === 0 ? 8 : 4, () => this.#any(depth)),
      '}',
    );
  }

  string(text: string): string {
    if (this.#odd === 0) return JSON.stringify(text);
    const random = this.#random;
    const plain = JSON.stringify(text);
    let written = '"';
    for (let at = 1; at < plain.length - 1;) {
      const width = plain[at] !== '\\' ? 1 : plain[at + 1] === 'u' ? 6 : 2;
      const code = plain.charCodeAt(at);
      if (width === 1 && random.chance(this.#odd)) written += escaped(code, random);
      else written += plain.slice(at, at + width);
      at += width;
    }
    return `${written}"`;
  }

  #any(depth: number): string {
    const below = this.#random.below(12);
    const value = (): string => {
      if (depth > 4 || below < 6) return this.#scalar();
      if (below < 9) return this.object(depth + 1);
      return this.#join(
        '[',
        this.#random.list(4, () => this.#element(depth + 1)),
        ']',
      );
    };
    return this.#member(this.#random.pick(this.#vocabulary.keys), value);
  }

  #element(depth: number): string {
    const random = this.#random;
    if (depth < 5 && random.chance(0.2)) return this.object(depth);
    if (random.chance(0.02)) return `${'['.repeat(80)}${this.#scalar()}${']'.repeat(80)}`;
    if (depth < 5 && random.chance(0.1))
      return this.#join(
        '[',
        random.list(3, () => this.#scalar()),
        ']',
      );
    return this.#scalar();
  }

  #member(key: string, value: () => string): string {
    return `${this.string(key)}${this.blank()}:${this.blank()}${value()}`;
  }

  #user(): string {
    return this.#join(
      '{',
      [
        this.#member('username', () => this.#scalar()),
        this.#member('groups', () => this.#strings()),
        this.#member('extra', () => this.#struct('authentication.kubernetes.io/node', 'authentication')),
      ],
      '}',
    );
  }

  #struct(...members: readonly string[]): string {
    const written = members
      .filter(() => !this.#random.chance(0.2))
      .map((key) => this.#member(key, () => (this.#random.chance(0.15) ? this.#strings() : this.#scalar())));
    if (this.#random.chance(0.1)) written.push(this.#any(3));
    return this.#join('{', written, '}');
  }

  #strings(): string {
    return this.#join(
      '[',
      this.#random.list(3, () => this.#scalar()),
      ']',
    );
  }

  #scalar(): string {
    const random = this.#random;
    const { texts, distinct } = this.#vocabulary;
    if (random.chance(distinct)) return this.string(`${random.pick(texts)}${random.below(1_000_000)}`);
    if (random.chance(0.7)) return this.string(random.pick(texts));
    if (random.chance(0.02)) return this.string('long '.repeat(400));
    return random.pick([
      '403',
      '403.0',
      '4.03e2',
      '-0',
      '1E+2',
      '0.5',
      '200',
      'true',
      'false',
      'null',
      'null',
    ]);
  }

  #join(open: string, members: readonly string[], close: string): string {
    const separated = members.join(`${this.blank()},${this.blank()}`);
    return `${open}${this.blank()}${separated}${this.blank()}${close}`;
  }
}
