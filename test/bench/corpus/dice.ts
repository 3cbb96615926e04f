import { seeded } from '../../e2e/random.ts';

const lowerLetters = 'bcdfghjklmnpqrstvwxz2456789';

/** Everything that is random in a log, from one seed: the same seed rolls the same log. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
  }

  /** In [0, 1). */
  share(): number {
    return this.#next();
  }

  /** A whole number in [0, `limit`). */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  pick<const List extends readonly [unknown, ...unknown[]]>(list: List): List[number] {
    return list[this.below(list.length)] ?? list[0];
  }

  /** So many hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += this.below(2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }

  uuid(): string {
    const digits = this.hex(30);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18)}`;
  }

  /** The random end of a generated name. */
  suffix(letters: number): string {
    let text = '';
    for (let index = 0; index < letters; index++) text += lowerLetters[this.below(lowerLetters.length)] ?? '';
    return text;
  }

  /** `count` times what `make` makes. */
  some<T>(count: number, make: () => T): readonly T[] {
    return Array.from({ length: count }, make);
  }
}
