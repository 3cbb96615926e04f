import { didYouMean } from '../../../../util/suggest.ts';
import type { Word } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { shown } from './shown.ts';
import { asWord, readValue, type Token } from './token.ts';

const assignment = /([A-Za-z_]\w*)[ \t\r\n\f\v]*=/y;
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['f', false],
  ['0', false],
]);

/** The options (`limit=5`) of one command. An option that is not `known` is an error, never passed over. */
export class Options {
  readonly #cursor: Cursor;
  readonly #command: string;
  readonly #known: readonly string[];
  readonly #values = new Map<string, Token>();

  constructor(cursor: Cursor, command: string, known: readonly string[]) {
    this.#cursor = cursor;
    this.#command = command;
    this.#known = known;
  }

  /** Reads an option if one stands here. */
  take(): boolean {
    const start = this.#cursor.offset;
    const found = this.#cursor.match(assignment)?.[1]?.toLowerCase();
    if (found === undefined) return false;
    const span = { start, end: start + found.length };
    if (!this.#known.includes(found)) {
      const option = shown(found);
      const message = `option "${option}" of "${this.#command}" is not supported${didYouMean(option, this.#known)}`;
      this.#cursor.fail(message, 'unsupported-option', span);
    }
    if (this.#values.has(found)) this.#cursor.fail(`option "${found}" is given twice`, 'syntax', span);
    this.#values.set(found, readValue(this.#cursor));
    return true;
  }

  word(name: string): Word | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : asWord(value);
  }

  count(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    return countOf(value) ?? this.#refuse(name, value, 'a whole number');
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#values.get(name);
    if (value === undefined) return otherwise;
    return booleans.get(value.text.toLowerCase()) ?? this.#refuse(name, value, '"true" or "false"');
  }

  /** The value of `name` if it is one of `allowed`. */
  choice<Choice extends string>(name: string, allowed: readonly Choice[]): Choice | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    const chosen = allowed.find((choice) => choice === value.text.toLowerCase());
    return chosen ?? this.#refuse(name, value, allowed.map((choice) => `"${choice}"`).join(' or '));
  }

  #refuse(name: string, { text, span }: Token, right: string): never {
    return this.#cursor.fail(`option "${name}" is ${right}, not "${shown(text)}"`, 'bad-value', span);
  }
}

/** The number that a word is, if it is a whole one. */
export const countOf = ({ text }: Word): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined;
